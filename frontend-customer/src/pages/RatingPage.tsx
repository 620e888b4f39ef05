import { Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { EmptyState, LoadingState, Page, PagedList } from 'frontend-shared/ui'
import { Star } from 'lucide-react'
import { ticketsQuery } from '../api/tickets.ts'
import { useT } from '../i18n/index.ts'
import { RatedCard } from './rating/RatedCard.tsx'
import { ToRateCard } from './rating/ToRateCard.tsx'
import classes from './rating/Rating.module.css'

/** Solved tickets still to rate, then those rated. */
export function RatingPage() {
  const t = useT()
  const toRate = useInfiniteQuery(ticketsQuery({ rated: false }))
  const rated = useInfiniteQuery(ticketsQuery({ rated: true }))
  const isEmpty = [toRate, rated].every(({ data }) => data?.pages[0]?.items.length === 0)

  return (
    <Page title={t('rating.title')} intro={t('rating.intro')}>
      {isEmpty ? (
        <EmptyState icon={Star} title={t('rating.none')}>
          {t('rating.none_text')}
        </EmptyState>
      ) : toRate.isPending || rated.isPending ? (
        <LoadingState count={4} />
      ) : (
        <>
          <section className={classes.section} aria-labelledby="to-rate">
            <h2 className={classes.heading} id="to-rate">
              {t('rating.to_rate')}
            </h2>
            <PagedList query={toRate} empty={<Text c="dimmed">{t('rating.none_to_rate')}</Text>}>
              {(tickets) => (
                <div className={classes.cards}>
                  {tickets.map((ticket) => (
                    <ToRateCard key={ticket.id} ticket={ticket} />
                  ))}
                </div>
              )}
            </PagedList>
          </section>
          <section className={classes.section} aria-labelledby="rated">
            <h2 className={classes.heading} id="rated">
              {t('rating.rated')}
            </h2>
            <PagedList query={rated} empty={<Text c="dimmed">{t('rating.none_rated')}</Text>}>
              {(tickets) => (
                <div className={classes.cards}>
                  {tickets.map((ticket) => (
                    <RatedCard key={ticket.id} ticket={ticket} />
                  ))}
                </div>
              )}
            </PagedList>
          </section>
        </>
      )}
    </Page>
  )
}

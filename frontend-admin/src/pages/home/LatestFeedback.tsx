import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Panel, RelativeTime, Stars } from 'frontend-shared/ui'
import { feedbackQuery } from '../../api/feedback.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './lists.module.css'

const SHOWN = 5

/** What customers said last. */
export function LatestFeedback() {
  const t = useT()
  const query = useInfiniteQuery(feedbackQuery({}, SHOWN))
  const rows = (query.data?.pages[0]?.items ?? []).slice(0, SHOWN)
  return (
    <Panel
      title={t('home.feedback')}
      padded={false}
      actions={
        <Anchor component={AppLink} to={paths.feedback()} size="sm">
          {t('common.show_all')}
        </Anchor>
      }
    >
      {query.isPending ? (
        <div className={classes.loading}>
          <LoadingState count={3} />
        </div>
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.empty}>{t('home.no_feedback')}</p>
      ) : (
        <ul className={classes.list}>
          {rows.map((row) => (
            <li key={row.id}>
              <AppLink to={paths.ticket(row.ticket.number)} className={classes.item}>
                <span className={classes.main}>
                  <Stars score={row.score} />
                  {row.comment && <span className={classes.comment}>{row.comment}</span>}
                  <span className={classes.meta}>
                    {row.customer.name} · {row.ticket.number} · <RelativeTime time={row.updated_at} />
                  </span>
                </span>
              </AppLink>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

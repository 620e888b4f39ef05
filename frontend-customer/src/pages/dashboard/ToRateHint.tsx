import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { AppLink } from 'frontend-shared/routing'
import { Star } from 'lucide-react'
import { ticketsQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './Dashboard.module.css'

/** Reminds of solved tickets that nobody has rated; never insists. */
export function ToRateHint() {
  const t = useT()
  const query = useInfiniteQuery(ticketsQuery({ rated: false }))
  const count = query.data?.pages[0]?.items.length ?? 0
  return (
    <p className={classes.hint}>
      {count > 0 && (
        <>
          <Star size={17} aria-hidden />
          <span>
            {t('dashboard.to_rate', { count })}{' '}
            <Anchor component={AppLink} to={paths.rating()} inherit fw={600}>
              {t('dashboard.to_rate_go')}
            </Anchor>
          </span>
        </>
      )}
    </p>
  )
}

import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Panel, RelativeTime, Stars } from 'frontend-shared/ui'
import { feedbackQuery } from '../../api/feedback.ts'
import { useT } from '../../i18n/insights.ts'
import { paths } from '../../paths.ts'
import classes from './insights.module.css'

const SHOWN = 5

/** What a customer said last, and the way to all of it. */
export function CustomerRatings({ customer }: { customer: string }) {
  const t = useT()
  const query = useInfiniteQuery(feedbackQuery({ customer }, SHOWN))
  const rows = rowsOf(query.data).slice(0, SHOWN)
  return (
    <Panel
      title={t('insight.ratings')}
      padded={false}
      actions={
        rows.length > 0 && (
          <Anchor component={AppLink} to={paths.feedback({ customer })} size="sm">
            {t('common.show_all')}
          </Anchor>
        )
      }
    >
      {query.isPending ? (
        <div className={classes.loading}>
          <LoadingState count={2} />
        </div>
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.empty}>{t('insight.no_ratings')}</p>
      ) : (
        <ul className={classes.rows}>
          {rows.map((row) => (
            <li key={row.id}>
              <span className={classes.what}>
                <Stars score={row.score} />{' '}
                <AppLink to={paths.ticket(row.ticket.number)}>
                  {row.ticket.number} {row.ticket.subject}
                </AppLink>
                {row.comment && <div>{row.comment}</div>}
              </span>
              <span className={classes.when}>
                <RelativeTime time={row.updated_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

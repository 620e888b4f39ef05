import { Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf, type Status } from 'frontend-shared/api'
import { useSharedT, type SharedTranslate } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Panel, RelativeTime, statusLabel } from 'frontend-shared/ui'
import { activityQuery, type Activity as Row } from '../../api/insights.ts'
import { useT, type T } from '../../i18n/insights.ts'
import { paths } from '../../paths.ts'
import classes from './insights.module.css'

const STATUSES: Status[] = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']

/** What happened around a customer, newest first. */
export function Activity({ customer }: { customer: string }) {
  const t = useT()
  const shared = useSharedT()
  const query = useInfiniteQuery(activityQuery(customer))
  const rows = rowsOf(query.data)
  return (
    <Panel title={t('insight.activity')} padded={false}>
      {query.isPending ? (
        <div className={classes.loading}>
          <LoadingState count={5} />
        </div>
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.empty}>{t('insight.no_activity')}</p>
      ) : (
        <ol className={classes.rows} aria-label={t('insight.activity')}>
          {rows.map((row) => (
            <li key={row.id}>
              <span className={classes.what}>
                {row.actor?.name ?? t('history.nobody')} {deed(row, t, shared)}{' '}
                <AppLink to={paths.ticket(row.ticket.number)}>
                  {row.ticket.number} {row.ticket.subject}
                </AppLink>
              </span>
              <span className={classes.when}>
                <RelativeTime time={row.at} />
              </span>
            </li>
          ))}
        </ol>
      )}
      {query.hasNextPage && (
        <div className={classes.more}>
          <Button
            variant="default"
            size="xs"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {shared('common.load_more')}
          </Button>
        </div>
      )}
    </Panel>
  )
}

/** What was done, in a word or two. */
export function deed(row: Pick<Row, 'type' | 'changes'>, t: T, shared: SharedTranslate): string {
  const { status, score } = row.changes
  switch (row.type) {
    case 'ticket.created':
      return t('activity.ticket.created')
    case 'ticket.message_added':
      return t('activity.ticket.message_added')
    case 'ticket.resolved':
      return t('activity.ticket.resolved')
    case 'ticket.rated':
      return t('activity.ticket.rated', { score: String(score?.to) })
    default: {
      const to = STATUSES.find((item) => item === status?.to)
      if (to === 'closed') return t('activity.closed')
      if (to === 'open' && status?.from === 'resolved') return t('activity.reopened')
      return to ? t('activity.status', { status: statusLabel(to, shared) }) : t('activity.ticket.updated')
    }
  }
}

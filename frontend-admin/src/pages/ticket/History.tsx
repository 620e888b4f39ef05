import { useInfiniteQuery } from '@tanstack/react-query'
import type { HistoryRow } from 'frontend-shared/api'
import { useSharedT, type SharedTranslate } from 'frontend-shared/i18n'
import { EmptyState, ErrorState, ExactTime, LoadingState } from 'frontend-shared/ui'
import { categoryLabel, priorityLabel, statusLabel } from 'frontend-shared/ui'
import { ArrowRight, History as HistoryIcon } from 'lucide-react'
import { Button } from '@mantine/core'
import { historyQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/tickets.ts'
import classes from './History.module.css'

/** Who changed what, when, and through what. */
export function History({ number }: { number: string }) {
  const t = useT()
  const shared = useSharedT()
  const query = useInfiniteQuery(historyQuery(number))
  if (query.isPending) return <LoadingState />
  if (query.isError && !query.data) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  const rows = query.data.pages.flatMap((page) => page.items)
  if (rows.length === 0) return <EmptyState icon={HistoryIcon} title={t('history.empty')} />
  return (
    <>
      <ol className={classes.list} aria-label={t('history.title')}>
        {rows.map((row) => (
          <li key={`${row.at}-${row.field}-${row.to}`} className={classes.row}>
            <div>
              <span className={classes.who}>{row.actor?.name ?? t('history.nobody')}</span>{' '}
              <span className={classes.field}>{t(`history.${row.field}`)}</span>
              {row.field !== 'created' && <Change row={row} />}
            </div>
            <div className={classes.when}>
              <ExactTime time={row.at} />
              {row.via !== 'portal' && (
                <span>
                  {' · '}
                  {t(`via.${row.via}`)}
                  {row.api_key && ` “${row.api_key.name}”`}
                </span>
              )}
            </div>
          </li>
        ))}
      </ol>
      {query.hasNextPage && (
        <Button
          mt="md"
          variant="default"
          loading={query.isFetchingNextPage}
          onClick={() => void query.fetchNextPage()}
        >
          {shared('common.load_more')}
        </Button>
      )}
    </>
  )
}

function Change({ row }: { row: HistoryRow }) {
  const t = useT()
  const shared = useSharedT()
  const nothing = row.field === 'assignee' ? t('pick.nobody') : '–'
  const from = row.from === null ? nothing : word(row, row.from, shared)
  const to = row.to === null ? nothing : word(row, row.to, shared)
  return (
    <span className={classes.change}>
      {(row.from !== null || row.field !== 'rating') && (
        <>
          <span className={classes.old}>{from}</span>
          <ArrowRight size={13} className={classes.arrow} aria-label={t('history.to')} />
        </>
      )}
      <span className={classes.new}>{to}</span>
    </span>
  )
}

const STATUSES = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'] as const
const PRIORITIES = ['low', 'normal', 'high', 'urgent'] as const
const CATEGORIES = ['customer_request', 'service_request', 'incident', 'question'] as const

/** A code of the history in words; texts and names stay as they are. */
function word(row: HistoryRow, code: string, shared: SharedTranslate): string {
  const status = row.field === 'status' && STATUSES.find((item) => item === code)
  if (status) return statusLabel(status, shared)
  const priority = row.field === 'priority' && PRIORITIES.find((item) => item === code)
  if (priority) return priorityLabel(priority, shared)
  const category = row.field === 'category' && CATEGORIES.find((item) => item === code)
  if (category) return categoryLabel(category, shared)
  return code
}

import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Panel, RelativeTime } from 'frontend-shared/ui'
import { useLayoutEffect, useRef } from 'react'
import { feedbackQuery, LOW, type FeedbackItem } from '../../api/feedback.ts'
import { useT } from '../../i18n/feedback.ts'
import { paths } from '../../paths.ts'
import { Said } from './RatingList.tsx'
import { SeenMark } from './SeenMark.tsx'
import classes from './Feedback.module.css'

const SHOWN = 5

/** Low scores that nobody has looked at, of all times: somebody is waiting for a word. */
export function LowScores({ count }: { count: number }) {
  const t = useT()
  const query = useInfiniteQuery(feedbackQuery({ score: LOW.map(String), seen: false }, SHOWN))
  const rows = rowsOf(query.data).slice(0, SHOWN)
  return (
    <Panel
      title={t('feedback.queue')}
      padded={false}
      actions={
        count > SHOWN && (
          <Anchor component={AppLink} to={paths.lowScores()} size="sm">
            {t('feedback.queue_all', { count })}
          </Anchor>
        )
      }
    >
      {query.isPending ? (
        <div className={classes.padded}>
          <LoadingState count={3} />
        </div>
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.quiet}>{t('feedback.queue_empty')}</p>
      ) : (
        <ul tabIndex={-1} className={classes.queue} aria-label={t('feedback.queue')}>
          {rows.map((row) => (
            <Queued key={row.id} row={row} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Queued({ row }: { row: FeedbackItem }) {
  const item = useRef<HTMLLIElement>(null)
  // Who has seen one by keyboard goes on with the next, and not from the top of the page.
  useLayoutEffect(() => {
    const element = item.current
    const queue = element?.parentElement
    return () => {
      if (element?.contains(document.activeElement)) queue?.focus({ preventScroll: true })
    }
  }, [])
  return (
    <li ref={item}>
      <div className={classes.queued}>
        <Said row={row} />
        <span className={classes.meta}>
          {row.customer.name} · <RelativeTime time={row.updated_at} />
        </span>
      </div>
      <SeenMark row={row} />
    </li>
  )
}

import { Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { MessageSquareHeart } from 'lucide-react'
import { AppLink } from 'frontend-shared/routing'
import { DataList, EmptyState, PersonName, RelativeTime, Stars, type Column } from 'frontend-shared/ui'
import { feedbackQuery, type FeedbackFilters, type FeedbackItem } from '../../api/feedback.ts'
import { useT, type T } from '../../i18n/feedback.ts'
import { reasonLabel } from '../../parts/reasons.ts'
import { paths } from '../../paths.ts'
import { SeenMark } from './SeenMark.tsx'
import classes from './Feedback.module.css'

/** Ratings, newest first. */
export function RatingList({ filters, filtered }: { filters: FeedbackFilters; filtered: boolean }) {
  const t = useT()
  const query = useInfiniteQuery({ ...feedbackQuery(filters), placeholderData: keepPreviousData })
  return (
    <div aria-busy={query.isPlaceholderData}>
      <DataList
        query={query}
        columns={columnsOf(t)}
        label={t('feedback.title')}
        empty={
          <EmptyState icon={MessageSquareHeart} title={t('feedback.empty')}>
            {t(filtered ? 'feedback.empty_filtered' : 'feedback.empty_detail')}
          </EmptyState>
        }
      />
    </div>
  )
}

/** What a customer said, and of which ticket. */
export function Said({ row }: { row: FeedbackItem }) {
  return (
    <div className={classes.said}>
      <Stars score={row.score} />
      {row.comment && <Text size="sm">{row.comment}</Text>}
      {row.reasons.length > 0 && (
        <span className={classes.meta}>{row.reasons.map((reason) => reasonLabel(reason)).join(', ')}</span>
      )}
      <span className={classes.meta}>
        <AppLink to={paths.ticket(row.ticket.number)} className={classes.ticket}>
          {row.ticket.number} {row.ticket.subject}
        </AppLink>
      </span>
    </div>
  )
}

/** The same with who has looked at it, or the way to say so. */
function Given({ row }: { row: FeedbackItem }) {
  return (
    <>
      <Said row={row} />
      <SeenMark row={row} />
    </>
  )
}

const columnsOf = (t: T): Column<FeedbackItem>[] => [
  { key: 'said', header: t('field.rating'), grows: true, cell: (row) => <Given row={row} /> },
  {
    key: 'customer',
    header: t('field.customer'),
    cell: (row) => (
      <div>
        {row.customer.name}
        {row.organization && <div className={classes.meta}>{row.organization.name}</div>}
      </div>
    ),
  },
  { key: 'service', header: t('field.service'), wideOnly: true, cell: (row) => row.service?.name ?? '–' },
  {
    key: 'assignee',
    header: t('field.assignee'),
    labelled: true,
    cell: (row) => (row.assignee ? <PersonName name={row.assignee.name} size={22} /> : t('pick.nobody')),
  },
  {
    key: 'when',
    header: t('field.given'),
    align: 'end',
    cell: (row) => <RelativeTime time={row.created_at} />,
  },
]

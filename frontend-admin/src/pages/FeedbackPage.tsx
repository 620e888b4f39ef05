import { Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { MessageSquareHeart } from 'lucide-react'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { DataList, EmptyState, Page, PersonName, RelativeTime, Stars, type Column } from 'frontend-shared/ui'
import { feedbackQuery, type FeedbackItem } from '../api/feedback.ts'
import { useT, type T } from '../i18n/index.ts'
import { reasonLabel } from '../parts/reasons.ts'
import { paths, type FeedbackSearch } from '../paths.ts'
import { FeedbackFilters } from './feedback/FeedbackFilters.tsx'
import classes from './feedback/Feedback.module.css'

/** What customers think of the help they got, newest first. */
export function FeedbackPage() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<FeedbackSearch>()
  const query = useInfiniteQuery({ ...feedbackQuery(search), placeholderData: keepPreviousData })
  const filtered = Object.values(search).some((value) => value !== undefined)

  const columns = feedbackColumns(t)

  return (
    <Page title={t('feedback.title')} intro={t('feedback.intro')} width="wide">
      <FeedbackFilters search={search} onChange={setSearch} />
      <DataList
        query={query}
        columns={columns}
        label={t('feedback.title')}
        empty={
          <EmptyState icon={MessageSquareHeart} title={t('feedback.empty')}>
            {t(filtered ? 'feedback.empty_filtered' : 'feedback.empty_detail')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function Said({ row }: { row: FeedbackItem }) {
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

const feedbackColumns = (t: T): Column<FeedbackItem>[] => [
  { key: 'said', header: t('field.rating'), grows: true, cell: (row) => <Said row={row} /> },
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
    cell: (row) => (row.assignee ? <PersonName name={row.assignee.name} size={22} /> : t('pick.nobody')),
  },
  {
    key: 'when',
    header: t('field.given'),
    align: 'end',
    cell: (row) => <RelativeTime time={row.updated_at} />,
  },
]

import { Badge, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { CircleCheck } from 'lucide-react'
import { AppLink } from 'frontend-shared/routing'
import { DataList, EmptyState, PersonName, RelativeTime, Stars, type Column } from 'frontend-shared/ui'
import { resolutionsQuery, type Resolution, type ResolutionFilters } from '../../api/feedback.ts'
import { useT, type T } from '../../i18n/feedback.ts'
import { paths } from '../../paths.ts'
import classes from './Feedback.module.css'

/** Each time a ticket was resolved, newest first. */
export function ResolutionList({ filters }: { filters: ResolutionFilters }) {
  const t = useT()
  const query = useInfiniteQuery({ ...resolutionsQuery(filters), placeholderData: keepPreviousData })
  return (
    <div aria-busy={query.isPlaceholderData}>
      <DataList
        query={query}
        columns={columnsOf(t)}
        label={t('feedback.resolutions')}
        empty={
          <EmptyState icon={CircleCheck} title={t('feedback.no_resolutions')}>
            {t('feedback.no_resolutions_detail')}
          </EmptyState>
        }
      />
    </div>
  )
}

const columnsOf = (t: T): Column<Resolution>[] => [
  {
    key: 'ticket',
    header: t('field.ticket'),
    grows: true,
    cell: (row) => (
      <div className={classes.said}>
        <AppLink to={paths.ticket(row.ticket.number)} className={classes.ticket}>
          {row.ticket.number} {row.ticket.subject}
        </AppLink>
        <span className={classes.meta}>
          {row.requester.name}
          {row.organization && ` · ${row.organization.name}`}
        </span>
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
    key: 'rating',
    header: t('field.rating'),
    cell: (row) =>
      row.score === null ? (
        <Text size="sm" c="dimmed">
          {t('feedback.not_rated')}
        </Text>
      ) : (
        <Stars score={row.score} />
      ),
  },
  {
    key: 'undone',
    header: t('feedback.outcome'),
    cell: (row) =>
      row.undone_at === null ? (
        <Badge color="green" tt="none" miw="max-content">
          {t('feedback.outcome_stands')}
        </Badge>
      ) : (
        <Badge color={row.reopened ? 'orange' : 'gray'} tt="none" miw="max-content">
          {t(row.reopened ? 'feedback.outcome_reopened' : 'feedback.outcome_undone')}
        </Badge>
      ),
  },
  {
    key: 'when',
    header: t('feedback.resolved'),
    align: 'end',
    cell: (row) => <RelativeTime time={row.resolved_at} />,
  },
]

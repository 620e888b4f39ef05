import { AppLink } from 'frontend-shared/routing'
import { PersonName, RelativeTime, type Column } from 'frontend-shared/ui'
import type { Insight } from '../../api/insights.ts'
import type { InsightFigure, InsightSort } from '../../api/insightSorts.ts'
import type { T } from '../../i18n/insights.ts'
import { paths } from '../../paths.ts'
import { Average, Count, StatusCounts, Timing } from './figures.tsx'
import classes from './insights.module.css'

interface Order {
  sort: InsightSort
  onSort: (figure: InsightFigure) => void
}

/** The columns of the list; those of one figure order it by a click. */
export function insightColumns(t: T, { sort, onSort }: Order): Column<Insight>[] {
  const by = (figure: InsightFigure) => ({
    order:
      sort === figure ? ('ascending' as const) : sort === `-${figure}` ? ('descending' as const) : undefined,
    onSort: () => onSort(figure),
  })
  return [
    { key: 'customer', header: t('field.customer'), grows: true, cell: (row) => <Customer row={row} /> },
    {
      key: 'tickets',
      header: t('insights.tickets'),
      align: 'end',
      labelled: true,
      sort: by('tickets.total'),
      cell: ({ id, tickets }) => <Count count={tickets.total} to={paths.tickets({ requester: id })} />,
    },
    {
      key: 'status',
      header: t('insight.by_status'),
      cell: ({ id, tickets }) => <StatusCounts customer={id} tickets={tickets} />,
    },
    {
      key: 'response',
      header: t('insights.first_response'),
      labelled: true,
      sort: by('first_response_seconds.median'),
      cell: (row) => <Timing of={row.first_response_seconds} />,
    },
    {
      key: 'resolution',
      header: t('insights.resolution'),
      labelled: true,
      sort: by('resolution_seconds.median'),
      cell: (row) => <Timing of={row.resolution_seconds} />,
    },
    {
      key: 'rating',
      header: t('insights.rating'),
      labelled: true,
      sort: by('rating.average'),
      cell: ({ id, rating }) => <Average customer={id} rating={rating} />,
    },
    {
      key: 'orders',
      header: t('insights.orders'),
      align: 'end',
      labelled: true,
      sort: by('services_requested'),
      cell: (row) => (
        <Count count={row.services_requested} to={paths.tickets({ requester: row.id, ordered: 'true' })} />
      ),
    },
    {
      key: 'activity',
      header: t('insights.last_activity'),
      align: 'end',
      labelled: true,
      sort: by('last_activity_at'),
      cell: ({ last_activity_at }) =>
        last_activity_at ? (
          <RelativeTime time={last_activity_at} />
        ) : (
          <span className={classes.meta}>{t('insights.never')}</span>
        ),
    },
  ]
}

function Customer({ row: { customer } }: { row: Insight }) {
  return (
    <span className={classes.customer}>
      <AppLink to={paths.insight(customer.id)}>
        <PersonName name={customer.name} size={28} />
      </AppLink>
      <span className={classes.meta}>
        {customer.email}
        {customer.organization && ` · ${customer.organization.name}`}
      </span>
    </span>
  )
}

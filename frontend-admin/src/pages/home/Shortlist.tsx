import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf, type AdminTicket } from 'frontend-shared/api'
import { useZone } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { ErrorState, LoadingState, Panel, PriorityBadge, RelativeTime, StatusBadge } from 'frontend-shared/ui'
import { ticketsQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { paths, type TicketsSearch } from '../../paths.ts'
import classes from './lists.module.css'

interface ShortlistProps {
  title: string
  search: TicketsSearch
  empty: string
}

const SHOWN = 7

/** The first few tickets of a list, and the way to all of them. */
export function Shortlist({ title, search, empty }: ShortlistProps) {
  const t = useT()
  const query = useInfiniteQuery(ticketsQuery(search, useZone(), SHOWN))
  const rows = rowsOf(query.data).slice(0, SHOWN)
  return (
    <Panel
      title={title}
      padded={false}
      actions={
        <Anchor component={AppLink} to={paths.tickets(search)} size="sm">
          {t('common.show_all')}
        </Anchor>
      }
    >
      {query.isPending ? (
        <div className={classes.loading}>
          <LoadingState count={4} />
        </div>
      ) : query.isError && !query.data ? (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      ) : rows.length === 0 ? (
        <p className={classes.empty}>{empty}</p>
      ) : (
        <ul className={classes.list}>
          {rows.map((ticket) => (
            <Item key={ticket.id} ticket={ticket} waiting={search.waiting === 'true'} />
          ))}
        </ul>
      )}
    </Panel>
  )
}

function Item({ ticket, waiting }: { ticket: AdminTicket; waiting: boolean }) {
  const t = useT()
  return (
    <li>
      <AppLink to={paths.ticket(ticket.number)} className={classes.item}>
        <span className={classes.main}>
          <span className={classes.subject}>{ticket.subject}</span>
          <span className={classes.meta}>
            {ticket.number} · {ticket.requester.name}
            {ticket.organization && ` · ${ticket.organization.name}`} ·{' '}
            {waiting && ticket.waiting_since !== null ? (
              <>
                {t('home.waits')} <RelativeTime time={ticket.waiting_since} />
              </>
            ) : (
              <RelativeTime time={ticket.created_at} />
            )}
          </span>
        </span>
        <span className={classes.marks}>
          <PriorityBadge priority={ticket.priority} />
          <StatusBadge audience="staff" status={ticket.status} />
        </span>
      </AppLink>
    </li>
  )
}

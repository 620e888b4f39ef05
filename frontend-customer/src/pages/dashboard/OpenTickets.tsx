import { Anchor, Button } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf, type CustomerTicket } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import {
  categoryLabel,
  EmptyState,
  ErrorState,
  LoadingState,
  Panel,
  RelativeTime,
  StatusBadge,
} from 'frontend-shared/ui'
import { TicketCheck } from 'lucide-react'
import { openTicketsQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './Dashboard.module.css'

const SHOWN = 6

/** My open tickets, those that wait for me first. */
export function OpenTickets() {
  const t = useT()
  const query = useInfiniteQuery(openTicketsQuery)
  return (
    <Panel
      title={t('dashboard.open_tickets')}
      padded={false}
      actions={
        <Anchor component={AppLink} to={paths.tickets()} size="sm" fw={600}>
          {t('dashboard.all_tickets')}
        </Anchor>
      }
    >
      {query.isPending ? (
        <div className={classes.pending}>
          <LoadingState count={SHOWN} />
        </div>
      ) : query.data ? (
        <Rows tickets={rowsOf(query.data)} />
      ) : (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
    </Panel>
  )
}

const waits = (ticket: CustomerTicket) => Number(ticket.status === 'pending')

function Rows({ tickets }: { tickets: CustomerTicket[] }) {
  const t = useT()
  if (tickets.length === 0) {
    return (
      <EmptyState
        icon={TicketCheck}
        title={t('dashboard.no_open')}
        action={
          <Button variant="light" component={AppLink} to={paths.newTicket()}>
            {t('new_ticket.title')}
          </Button>
        }
      >
        {t('dashboard.no_open_text')}
      </EmptyState>
    )
  }
  const shown = tickets.toSorted((a, b) => waits(b) - waits(a)).slice(0, SHOWN)
  return (
    <ul className={classes.tickets}>
      {shown.map((ticket) => (
        <Row key={ticket.id} ticket={ticket} />
      ))}
    </ul>
  )
}

function Row({ ticket }: { ticket: CustomerTicket }) {
  const words = useSharedT()
  return (
    <li className={classes.ticket} data-waiting={ticket.status === 'pending'}>
      <div className={classes.ticketText}>
        <AppLink to={paths.ticket(ticket.number)}>{ticket.subject}</AppLink>
        <span>
          {ticket.number} · {ticket.service?.name ?? categoryLabel(ticket.category, words)} ·{' '}
          <RelativeTime time={ticket.updated_at} />
        </span>
      </div>
      <StatusBadge audience="customer" status={ticket.status} />
    </li>
  )
}

import { useQueryClient } from '@tanstack/react-query'
import { useApiMutation, type CustomerTicketDetail } from 'frontend-shared/api'
import { keys } from '../../api/keys.ts'
import { closeTicket, reopenTicket } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'

/** Closing and reopening. The answer is shown at once; lists follow. */
export function useTicketActs(ticket: CustomerTicketDetail, address: string) {
  const t = useT()
  const client = useQueryClient()
  const onDone = (next: CustomerTicketDetail) => {
    client.setQueryData(keys.ticket(address), next)
    void client.invalidateQueries({ queryKey: keys.ticketLists() })
  }
  // A refusal means that the ticket changed meanwhile: what is shown is brought up to date.
  const onFailed = () => void client.invalidateQueries({ queryKey: keys.ticket(address) })

  const close = useApiMutation({
    run: () => closeTicket(ticket.id),
    onDone,
    onFailed,
    notice: (next) => t(next.resolved_at ? 'ticket.solved_notice' : 'ticket.closed_notice'),
  })
  const reopen = useApiMutation({
    run: () => reopenTicket(ticket.id),
    onDone,
    onFailed,
    notice: t('ticket.reopened_notice'),
  })
  return { close, reopen }
}

export type TicketActs = ReturnType<typeof useTicketActs>

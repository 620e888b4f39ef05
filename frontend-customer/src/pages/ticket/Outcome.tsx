import { Button } from '@mantine/core'
import type { CustomerTicketDetail } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Archive, CircleCheck, MessageCircleQuestion } from 'lucide-react'
import { useT } from '../../i18n/index.ts'
import { Callout } from '../../parts/Callout.tsx'
import { paths } from '../../paths.ts'
import type { TicketActs } from './useTicketActs.ts'

/** What the ticket's state asks of its reader: to answer, to confirm, or to follow up. */
export function Outcome({ ticket, acts }: { ticket: CustomerTicketDetail; acts: TicketActs }) {
  const t = useT()
  const solved = ticket.can.close && (
    <Button loading={acts.close.isPending} onClick={() => acts.close.mutate()}>
      {t('ticket.solved')}
    </Button>
  )
  if (ticket.status === 'pending') {
    return (
      <Callout
        tone="attention"
        icon={MessageCircleQuestion}
        title={t('ticket.waiting')}
        text={t('ticket.waiting_text')}
      >
        {solved}
      </Callout>
    )
  }
  if (ticket.status === 'resolved') {
    return (
      <Callout tone="good" icon={CircleCheck} title={t('ticket.resolved')} text={t('ticket.resolved_text')}>
        {solved}
        {ticket.can.reopen && (
          <Button variant="default" loading={acts.reopen.isPending} onClick={() => acts.reopen.mutate()}>
            {t('ticket.reopen')}
          </Button>
        )}
      </Callout>
    )
  }
  if (ticket.status === 'closed') {
    return (
      <Callout icon={Archive} title={t('ticket.closed')} text={t('ticket.closed_text')}>
        <Button variant="default" component={AppLink} to={paths.newTicket({ follow_up_of: ticket.number })}>
          {t('ticket.follow_up')}
        </Button>
      </Callout>
    )
  }
  return null
}

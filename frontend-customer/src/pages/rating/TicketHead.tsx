import type { CustomerTicket } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { RelativeTime } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './Rating.module.css'

/** Which ticket a rating is about, and when it was solved. */
export function TicketHead({ ticket }: { ticket: CustomerTicket }) {
  const t = useT()
  return (
    <div>
      <h3 className={classes.subject}>
        <AppLink to={paths.ticket(ticket.number)}>{ticket.subject}</AppLink>
      </h3>
      <p className={classes.under}>
        {ticket.number}
        {ticket.service && ` · ${ticket.service.name}`}
        {ticket.resolved_at && (
          <>
            {' · '}
            {t('rating.solved')} <RelativeTime time={ticket.resolved_at} />
          </>
        )}
      </p>
    </div>
  )
}

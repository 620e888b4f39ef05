import type { CustomerTicket } from 'frontend-shared/api'
import { RatingForm } from '../../parts/RatingForm.tsx'
import { TicketHead } from './TicketHead.tsx'
import classes from './Rating.module.css'

/** A solved ticket with its stars to give. */
export function ToRateCard({ ticket }: { ticket: CustomerTicket }) {
  return (
    <article className={classes.card}>
      <TicketHead ticket={ticket} />
      <RatingForm ticket={ticket} />
    </article>
  )
}

import { Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import type { CustomerTicket } from 'frontend-shared/api'
import { ErrorState, LoadingState } from 'frontend-shared/ui'
import { useState } from 'react'
import { ticketQuery } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { RatingForm } from '../../parts/RatingForm.tsx'
import { RatingView } from '../../parts/RatingView.tsx'
import { TicketHead } from './TicketHead.tsx'
import classes from './Rating.module.css'

/** A rated ticket; the rating can be changed while there is time. */
export function RatedCard({ ticket }: { ticket: CustomerTicket }) {
  const t = useT()
  const [changing, setChanging] = useState(false)
  return (
    <article className={classes.card}>
      <TicketHead ticket={ticket} />
      {changing ? (
        <ChangeRating number={ticket.number} onDone={() => setChanging(false)} />
      ) : (
        <div className={classes.given}>
          {ticket.rating && <RatingView rating={ticket.rating} />}
          <Button
            variant="subtle"
            size="compact-sm"
            aria-label={t('rating.change_of', { number: ticket.number })}
            onClick={() => setChanging(true)}
          >
            {t('rating.change')}
          </Button>
        </div>
      )}
    </article>
  )
}

/** Only the ticket itself knows whether its rating can still be changed. */
function ChangeRating({ number, onDone }: { number: string; onDone: () => void }) {
  const t = useT()
  const query = useQuery(ticketQuery(number))
  if (query.isPending) return <LoadingState count={2} />
  if (query.isError) return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  if (!query.data.can.rate) return <Text c="dimmed">{t('rating.closed')}</Text>
  return <RatingForm ticket={query.data} onDone={onDone} onCancel={onDone} />
}

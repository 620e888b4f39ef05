import { Button, Text } from '@mantine/core'
import type { CustomerTicketDetail } from 'frontend-shared/api'
import { useFormats } from 'frontend-shared/i18n'
import { Panel } from 'frontend-shared/ui'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { RatingForm } from '../../parts/RatingForm.tsx'
import { RatingView } from '../../parts/RatingView.tsx'

/** The rating of this solution: to give, to see, to change while there is time. */
export function TicketRating({ ticket }: { ticket: CustomerTicketDetail }) {
  const t = useT()
  const formats = useFormats()
  const [changing, setChanging] = useState(false)
  const { rating, can, rating_until } = ticket
  if (!rating && !can.rate) return null
  if (!rating || changing) {
    return (
      <Panel>
        <RatingForm
          key={rating?.updated_at ?? 'new'}
          ticket={ticket}
          legend={t('ticket.rate')}
          onDone={() => setChanging(false)}
          {...(rating ? { onCancel: () => setChanging(false) } : {})}
        />
      </Panel>
    )
  }
  return (
    <Panel
      title={t('ticket.your_rating')}
      actions={
        can.rate && (
          <Button variant="subtle" size="compact-sm" onClick={() => setChanging(true)}>
            {t('rating.change')}
          </Button>
        )
      }
    >
      <RatingView rating={rating} />
      {can.rate && rating_until && (
        <Text size="xs" c="dimmed" mt="xs">
          {t('rating.until', { date: formats.date(rating_until) })}
        </Text>
      )}
    </Panel>
  )
}

import { Anchor, Button, Stack, Text } from '@mantine/core'
import type { CustomerTicketDetail, TicketRef } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import {
  categoryLabel,
  ConfirmDialog,
  ExactTime,
  Panel,
  PersonName,
  PriorityBadge,
  RelativeTime,
} from 'frontend-shared/ui'
import { useState } from 'react'
import { useT } from '../../i18n/index.ts'
import { Fact, Facts } from '../../parts/Facts.tsx'
import { paths } from '../../paths.ts'
import type { TicketActs } from './useTicketActs.ts'

/** Who asked, since when, and what belongs to it; below, the way out. */
export function TicketFacts({ ticket, acts }: { ticket: CustomerTicketDetail; acts: TicketActs }) {
  const t = useT()
  const words = useSharedT()
  return (
    <Panel title={t('ticket.details')}>
      <Facts>
        <Fact name={t('ticket.requester')}>
          <PersonName name={ticket.requester.name} />
        </Fact>
        {ticket.organization && <Fact name={t('ticket.organization')}>{ticket.organization.name}</Fact>}
        <Fact name={t('ticket.asked')}>
          <ExactTime time={ticket.created_at} />
        </Fact>
        <Fact name={t('ticket.updated')}>
          <RelativeTime time={ticket.updated_at} />
        </Fact>
        <Fact name={t('ticket.priority')}>
          <PriorityBadge priority={ticket.priority} />
        </Fact>
        <Fact name={t('ticket.category')}>{categoryLabel(ticket.category, words)}</Fact>
        {ticket.service && (
          <Fact name={t('ticket.service')}>
            <Anchor component={AppLink} to={paths.service(ticket.service.id)} inherit>
              {ticket.service.name}
            </Anchor>
            {ticket.service_version !== null && (
              <Text size="xs" c="dimmed">
                {t('ticket.service_version', { version: ticket.service_version })}
              </Text>
            )}
          </Fact>
        )}
        {ticket.follow_up_of && (
          <Fact name={t('ticket.follow_up_of')}>
            <TicketLinks tickets={[ticket.follow_up_of]} />
          </Fact>
        )}
        {ticket.follow_ups.length > 0 && (
          <Fact name={t('ticket.follow_ups')}>
            <TicketLinks tickets={ticket.follow_ups} />
          </Fact>
        )}
      </Facts>
      <Ways ticket={ticket} acts={acts} />
    </Panel>
  )
}

function TicketLinks({ tickets }: { tickets: TicketRef[] }) {
  return tickets.map((ticket, index) => (
    <span key={ticket.id}>
      {index > 0 && ', '}
      <Anchor component={AppLink} to={paths.ticket(ticket.number)} inherit>
        {ticket.number}
      </Anchor>
    </span>
  ))
}

/** Closing a ticket that nobody has called resolved; the page's banner does the others. */
function Ways({ ticket, acts }: { ticket: CustomerTicketDetail; acts: TicketActs }) {
  const t = useT()
  const [asking, setAsking] = useState(false)
  if (!ticket.can.close || ticket.status === 'resolved') return null
  return (
    <Stack gap="xs" mt="lg">
      {ticket.status === 'open' && (
        <Button variant="light" loading={acts.close.isPending} onClick={() => acts.close.mutate()}>
          {t('ticket.solved')}
        </Button>
      )}
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('ticket.withdraw')}
      </Button>
      <ConfirmDialog
        opened={asking}
        title={t('ticket.withdraw')}
        confirmLabel={t('ticket.withdraw')}
        destructive
        busy={acts.close.isPending}
        onClose={() => setAsking(false)}
        onConfirm={() => acts.close.mutate(undefined, { onSettled: () => setAsking(false) })}
      >
        {t('ticket.withdraw_text', { subject: ticket.subject })}
      </ConfirmDialog>
    </Stack>
  )
}

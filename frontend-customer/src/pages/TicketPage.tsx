import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import type { CustomerTicketDetail } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import {
  ErrorState,
  LoadingState,
  Page,
  Panel,
  RelativeTime,
  StatusBadge,
  WithAside,
} from 'frontend-shared/ui'
import { useRef } from 'react'
import { ticketQuery } from '../api/tickets.ts'
import { useT } from '../i18n/index.ts'
import { isTemporary } from '../parts/errors.ts'
import { useSteadyFocus } from '../parts/useSteadyFocus.ts'
import { paths } from '../paths.ts'
import { Answers } from './ticket/Answers.tsx'
import { Composer } from './ticket/Composer.tsx'
import { Conversation } from './ticket/Conversation.tsx'
import { Outcome } from './ticket/Outcome.tsx'
import { Stepper } from './ticket/Stepper.tsx'
import { TicketFacts } from './ticket/TicketFacts.tsx'
import { TicketRating } from './ticket/TicketRating.tsx'
import { useTicketActs } from './ticket/useTicketActs.ts'
import classes from './TicketPage.module.css'

export function TicketPage() {
  const t = useT()
  const { ticket: address } = useParams({ from: '/frame/tickets/$ticket' })
  const query = useQuery(ticketQuery(address))
  const back = { to: paths.tickets(), label: t('ticket.back') }

  if (query.isPending) {
    return (
      <Page title={t('ticket.title')} documentTitle={address} back={back}>
        <LoadingState shape="page" />
      </Page>
    )
  }
  // A ticket that one may no longer see goes away; a short fault leaves it in sight.
  if (query.isError && (!query.data || !isTemporary(query.error))) {
    return (
      <Page title={t('ticket.title')} documentTitle={address} back={back}>
        <ErrorState
          error={query.error}
          onRetry={() => void query.refetch()}
          action={
            <Button variant="default" component={AppLink} to={paths.tickets()}>
              {t('ticket.back')}
            </Button>
          }
        />
      </Page>
    )
  }
  return <Ticket key={query.data.id} ticket={query.data} address={address} />
}

function Ticket({ ticket, address }: { ticket: CustomerTicketDetail; address: string }) {
  const t = useT()
  const acts = useTicketActs(ticket, address)
  const above = useRef<HTMLDivElement>(null)
  useSteadyFocus(above)
  return (
    <Page
      title={ticket.subject}
      documentTitle={`${ticket.number} ${ticket.subject}`}
      back={{ to: paths.tickets(), label: t('ticket.back') }}
      marks={<StatusBadge audience="customer" status={ticket.status} />}
      intro={
        <>
          {ticket.number} · {ticket.requester.name} {t('ticket.asked_this')}{' '}
          <RelativeTime time={ticket.created_at} />
        </>
      }
    >
      <WithAside aside={<TicketFacts ticket={ticket} acts={acts} />}>
        <div ref={above} className={classes.above}>
          <Stepper ticket={ticket} />
          <Outcome ticket={ticket} acts={acts} />
          <TicketRating ticket={ticket} />
          <Answers answers={ticket.answers} />
          <Conversation ticket={ticket} address={address} />
        </div>
        {ticket.can.reply && (
          <Panel>
            <Composer ticket={ticket} address={address} />
          </Panel>
        )}
      </WithAside>
    </Page>
  )
}

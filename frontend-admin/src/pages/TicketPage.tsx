import { ActionIcon, Tabs } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { ChevronDown, ChevronUp } from 'lucide-react'
import type { AdminTicketDetail } from 'frontend-shared/api'
import { AppLink, useGo, useUrlSearch } from 'frontend-shared/routing'
import {
  ErrorState,
  LoadingState,
  Page,
  Panel,
  PriorityBadge,
  StatusBadge,
  WithAside,
} from 'frontend-shared/ui'
import { lazy, Suspense, useState } from 'react'
import { ticketQuery } from '../api/tickets.ts'
import { useT } from '../i18n/tickets.ts'
import { paths, type TicketSearch } from '../paths.ts'
import { useShortcuts } from '../shortcuts/useShortcuts.ts'
import { ArticlesCard } from './ticket/ArticlesCard.tsx'
import { Conversation } from './ticket/Conversation.tsx'
import { CustomerCard } from './ticket/CustomerCard.tsx'
import { History } from './ticket/History.tsx'
import { RenameButton, SubjectForm } from './ticket/Subject.tsx'
import { DatesCard, LinksCard, OrderCard, RatingsCard } from './ticket/TicketCards.tsx'
import { TicketFields } from './ticket/TicketFields.tsx'
import { useTicketPatch } from './ticket/useTicketPatch.ts'
import { lastSearch, neighbours } from './tickets/lastList.ts'

const TicketConflictDialog = lazy(async () => ({
  default: (await import('./ticket/TicketConflictDialog.tsx')).TicketConflictDialog,
}))

/** One ticket: its conversation, its fields and the customer behind it. */
export function TicketPage() {
  const t = useT()
  const { ticket: id } = useParams({ from: '/frame/tickets/$ticket' })
  const query = useQuery(ticketQuery(id))
  if (query.isPending) {
    return (
      <Page title={t('ticket.title')} width="wide">
        <LoadingState shape="page" />
      </Page>
    )
  }
  if (query.isError && !query.data) {
    return (
      <Page title={t('ticket.title')} back={{ to: paths.tickets(lastSearch()), label: t('tickets.title') }}>
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      </Page>
    )
  }
  return <Ticket key={query.data.id} ticket={query.data} />
}

function Ticket({ ticket }: { ticket: AdminTicketDetail }) {
  const t = useT()
  const [{ tab = 'conversation' }, setSearch] = useUrlSearch<TicketSearch>()
  const [renaming, setRenaming] = useState(false)
  const patch = useTicketPatch(ticket)

  return (
    <Page
      title={ticket.subject}
      documentTitle={`${ticket.number} ${ticket.subject}`}
      width="wide"
      back={{ to: paths.tickets(lastSearch()), label: t('tickets.title') }}
      intro={ticket.number}
      marks={
        <>
          <RenameButton onClick={() => setRenaming(true)} />
          <StatusBadge audience="staff" status={ticket.status} />
          <PriorityBadge priority={ticket.priority} />
        </>
      }
      actions={<Neighbours number={ticket.number} />}
    >
      {renaming && <SubjectForm ticket={ticket} patch={patch} onClose={() => setRenaming(false)} />}
      <WithAside
        aside={
          <>
            <TicketFields ticket={ticket} patch={patch} />
            <CustomerCard ticket={ticket} />
            <OrderCard ticket={ticket} />
            <RatingsCard ticket={ticket} />
            <LinksCard ticket={ticket} />
            <ArticlesCard ticket={ticket} />
            <DatesCard ticket={ticket} />
          </>
        }
      >
        <Tabs
          value={tab}
          onChange={(next) => setSearch({ tab: next === 'history' ? 'history' : undefined })}
          keepMounted={false}
        >
          <Tabs.List mb="md">
            <Tabs.Tab value="conversation">{t('ticket.conversation')}</Tabs.Tab>
            <Tabs.Tab value="history">{t('history.title')}</Tabs.Tab>
          </Tabs.List>
          <Tabs.Panel value="conversation">
            <Conversation ticket={ticket} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <Panel>
              <History number={ticket.number} />
            </Panel>
          </Tabs.Panel>
        </Tabs>
      </WithAside>
      {patch.conflict && (
        <Suspense>
          <TicketConflictDialog
            patch={patch}
            conflict={patch.conflict}
            onDecided={() => setRenaming(false)}
          />
        </Suspense>
      )}
    </Page>
  )
}

/** On to the tickets before and after this one in the list it was opened from. */
function Neighbours({ number }: { number: string }) {
  const t = useT()
  const go = useGo()
  const { previous, next } = neighbours(number)
  useShortcuts({
    j: () => {
      if (next) void go(paths.ticket(next))
    },
    k: () => {
      if (previous) void go(paths.ticket(previous))
    },
  })
  return (
    <>
      {previous && <Step to={previous} label={t('ticket.previous')} shortcut="K" icon={ChevronUp} />}
      {next && <Step to={next} label={t('ticket.next')} shortcut="J" icon={ChevronDown} />}
    </>
  )
}

interface StepProps {
  to: string
  label: string
  shortcut: string
  icon: typeof ChevronUp
}

function Step({ to, label, shortcut, icon: Icon }: StepProps) {
  return (
    <ActionIcon
      component={AppLink}
      to={paths.ticket(to)}
      variant="default"
      size="lg"
      aria-label={label}
      aria-keyshortcuts={shortcut}
      title={label}
    >
      <Icon size={18} aria-hidden />
    </ActionIcon>
  )
}

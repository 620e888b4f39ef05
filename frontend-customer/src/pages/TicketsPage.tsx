import { Button, NativeSelect, Text } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { CustomerStatus, CustomerTicket } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { useMe } from 'frontend-shared/session'
import {
  categoryLabel,
  customerStatusLabel,
  DataList,
  EmptyState,
  Highlight,
  Page,
  PriorityBadge,
  RelativeTime,
  SearchField,
  StatusBadge,
  type Column,
} from 'frontend-shared/ui'
import { Plus, SearchX, TicketCheck } from 'lucide-react'
import { ticketsQuery } from '../api/tickets.ts'
import { useT } from '../i18n/index.ts'
import { FilterChips } from '../parts/FilterChips.tsx'
import { paths, type TicketsSearch } from '../paths.ts'
import classes from './TicketsPage.module.css'

const STATUSES: CustomerStatus[] = ['new', 'open', 'pending', 'resolved', 'closed']
const SORTS = ['-updated_at', 'updated_at', '-created_at', 'created_at'] as const

export function TicketsPage() {
  const t = useT()
  const me = useMe()
  const [search, setSearch] = useUrlSearch<TicketsSearch>()
  const shared = search.scope === 'organization' && me.organization_role === 'manager'
  const query = useInfiniteQuery({
    ...ticketsQuery({ ...search, scope: shared ? 'organization' : undefined }),
    placeholderData: keepPreviousData,
  })
  const columns = useColumns(shared)
  const filtered = Boolean(search.q) || Boolean(search.status)

  return (
    <Page title={t('tickets.title')} intro={t('tickets.intro')} actions={<NewTicketButton />}>
      <Filters search={search} setSearch={setSearch} />
      <DataList
        query={query}
        columns={columns}
        label={t('tickets.title')}
        rowTone={(row) => (row.status === 'pending' ? 'attention' : undefined)}
        empty={
          filtered ? (
            <EmptyState
              icon={SearchX}
              title={t('tickets.none_found')}
              action={
                <Button variant="default" onClick={() => setSearch({ q: undefined, status: undefined })}>
                  {t('common.clear_filters')}
                </Button>
              }
            >
              {t('tickets.none_found_text')}
            </EmptyState>
          ) : (
            <EmptyState icon={TicketCheck} title={t('tickets.none')} action={<NewTicketButton />}>
              {t('tickets.none_text')}
            </EmptyState>
          )
        }
      />
    </Page>
  )
}

function NewTicketButton() {
  const t = useT()
  return (
    <Button component={AppLink} to={paths.newTicket()} leftSection={<Plus size={17} aria-hidden />}>
      {t('new_ticket.title')}
    </Button>
  )
}

interface FiltersProps {
  search: TicketsSearch
  setSearch: (changes: Partial<TicketsSearch>) => void
}

function Filters({ search, setSearch }: FiltersProps) {
  const t = useT()
  const words = useSharedT()
  const me = useMe()
  const organization = me.organization_role === 'manager' ? me.organization : null
  return (
    <div className={classes.filters}>
      <div className={classes.row}>
        <SearchField
          className={classes.search ?? ''}
          aria-label={t('tickets.search')}
          placeholder={t('tickets.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <NativeSelect
          className={classes.sort ?? ''}
          aria-label={t('tickets.sort')}
          // A search has an order of its own: the newest tickets first.
          disabled={Boolean(search.q)}
          value={search.q ? '-created_at' : (search.sort ?? '-updated_at')}
          onChange={(event) => {
            const sort = SORTS.find((item) => item === event.currentTarget.value)
            setSearch({ sort: sort === '-updated_at' ? undefined : sort })
          }}
          data={SORTS.map((sort) => ({ value: sort, label: t(`tickets.sort_${sort}`) }))}
        />
        {organization && (
          <FilterChips
            label={t('tickets.scope')}
            all={t('tickets.scope_mine')}
            choices={[
              {
                value: 'organization' as const,
                label: t('tickets.scope_organization', { name: organization.name }),
              },
            ]}
            chosen={search.scope === 'organization' ? ['organization'] : []}
            onChange={([scope]) => setSearch({ scope })}
            single
          />
        )}
      </div>
      <FilterChips
        label={t('tickets.status')}
        all={t('tickets.status_all')}
        choices={STATUSES.map((status) => ({ value: status, label: customerStatusLabel(status, words) }))}
        chosen={search.status ?? []}
        onChange={(status) => setSearch({ status: status.length > 0 ? status : undefined })}
      />
    </div>
  )
}

function useColumns(shared: boolean): Column<CustomerTicket>[] {
  const t = useT()
  const subject: Column<CustomerTicket> = {
    key: 'subject',
    header: t('tickets.subject'),
    grows: true,
    cell: (row) => <SubjectCell ticket={row} />,
  }
  const requester: Column<CustomerTicket> = {
    key: 'requester',
    header: t('ticket.requester'),
    cell: (row) => (
      <Text size="sm" span>
        {row.requester.name}
      </Text>
    ),
  }
  const rest: Column<CustomerTicket>[] = [
    {
      key: 'status',
      header: t('tickets.status'),
      cell: (row) => <StatusBadge audience="customer" status={row.status} />,
    },
    {
      key: 'priority',
      header: t('ticket.priority'),
      wideOnly: true,
      cell: (row) => <PriorityBadge priority={row.priority} />,
    },
    {
      key: 'updated',
      header: t('ticket.updated'),
      cell: (row) => (
        <Text size="sm" c="dimmed" span>
          <RelativeTime time={row.updated_at} />
        </Text>
      ),
    },
  ]
  return shared ? [subject, requester, ...rest] : [subject, ...rest]
}

function SubjectCell({ ticket }: { ticket: CustomerTicket }) {
  const words = useSharedT()
  const snippet = ticket.highlights?.snippet ?? []
  return (
    <>
      <AppLink to={paths.ticket(ticket.number)} className={classes.subject}>
        <Highlight segments={ticket.highlights?.title} fallback={ticket.subject} />
      </AppLink>
      <span className={classes.under}>
        {ticket.number} · {ticket.service?.name ?? categoryLabel(ticket.category, words)}
        {snippet.length > 0 && (
          <>
            {' · '}
            <Highlight segments={snippet} fallback="" />
          </>
        )}
      </span>
    </>
  )
}

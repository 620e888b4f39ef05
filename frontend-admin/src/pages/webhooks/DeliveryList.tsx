import { Button, Group, Select, Title, UnstyledButton } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useUrlSearch } from 'frontend-shared/routing'
import { DataList, EmptyState, ExactTime, RelativeTime, type Column } from 'frontend-shared/ui'
import { History, Send } from 'lucide-react'
import { useState } from 'react'
import { eventGroups, eventWords } from '../../api/eventTypes.ts'
import { deliveriesQuery, type Delivery, type Webhook } from '../../api/webhooks.ts'
import { useT, type T } from '../../i18n/webhooks.ts'
import { ClearFilters, isFiltered } from '../../parts/ClearFilters.tsx'
import type { WebhookSearch } from '../../paths.ts'
import filters from '../../parts/filters.module.css'
import { DeliveryDialog } from './DeliveryDialog.tsx'
import { ResendDialog } from './ResendDialog.tsx'
import { DeliveryStatus } from './WebhookState.tsx'
import classes from './webhooks.module.css'

const NO_FILTER = { status: undefined, event: undefined } as const satisfies WebhookSearch
/** How often the list is looked at again: soon while something waits, else for what is new. */
const SOON_MS = 2_000
const LATER_MS = 5_000

const columns = (t: T, onOpen: (id: string) => void): Column<Delivery>[] => [
  {
    key: 'event',
    header: t('deliveries.event'),
    grows: true,
    cell: (row) => (
      <UnstyledButton className={classes.row} onClick={() => onOpen(row.id)}>
        {eventWords(t, row.event_type)}
      </UnstyledButton>
    ),
  },
  {
    key: 'status',
    header: t('deliveries.status'),
    cell: (row) => <DeliveryStatus status={row.status} />,
  },
  {
    key: 'attempts',
    header: t('deliveries.attempts'),
    align: 'end',
    labelled: true,
    cell: (row) => row.attempts,
  },
  {
    key: 'next',
    header: t('deliveries.next'),
    labelled: true,
    cell: (row) => (row.next_attempt_at === null ? '–' : <ExactTime time={row.next_attempt_at} />),
  },
  { key: 'made', header: t('deliveries.made'), cell: (row) => <RelativeTime time={row.created_at} /> },
]

/** What a webhook was told: its log, with each delivery behind it. */
export function DeliveryList({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const [search, setSearch] = useUrlSearch<WebhookSearch>()
  const [resending, setResending] = useState(false)
  const query = useInfiniteQuery({
    ...deliveriesQuery(webhook.id, search),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data?.pages[0]?.items.some((row) => row.status === 'waiting') ? SOON_MS : LATER_MS,
  })
  const statuses = (['waiting', 'delivered', 'failed'] as const).map((value) => ({
    value,
    label: t(`delivery.${value}`),
  }))
  return (
    <section>
      <Group justify="space-between" mb="sm">
        <Title order={2} size="h3">
          {t('deliveries.title')}
        </Title>
        <Button
          variant="default"
          leftSection={<History size={16} aria-hidden />}
          disabled={webhook.state === 'disabled'}
          onClick={() => setResending(true)}
        >
          {t('deliveries.resend_since')}
        </Button>
      </Group>
      <search className={filters.bar}>
        <Select
          className={filters.select ?? ''}
          aria-label={t('deliveries.status')}
          placeholder={t('deliveries.any_status')}
          data={statuses}
          value={search.status ?? null}
          onChange={(status) => setSearch({ status: (status as WebhookSearch['status']) ?? undefined })}
          clearable
        />
        <Select
          className={filters.select ?? ''}
          aria-label={t('deliveries.event')}
          placeholder={t('deliveries.any_event')}
          data={[
            ...eventGroups(t),
            {
              group: t('event.webhook.test'),
              items: [{ value: 'webhook.test', label: t('event.webhook.test') }],
            },
          ]}
          value={search.event ?? null}
          onChange={(event) => setSearch({ event: event ?? undefined })}
          searchable
          clearable
        />
        <ClearFilters search={search} none={NO_FILTER} onChange={setSearch} />
      </search>
      <DataList
        query={query}
        columns={columns(t, (delivery) => setSearch({ delivery }))}
        label={t('deliveries.title')}
        empty={
          <EmptyState icon={Send} title={t('deliveries.empty')}>
            {t(isFiltered(search, NO_FILTER) ? 'common.empty_filtered' : 'deliveries.empty_detail')}
          </EmptyState>
        }
      />
      {resending && <ResendDialog webhook={webhook.id} onClose={() => setResending(false)} />}
      {search.delivery !== undefined && (
        <DeliveryDialog
          webhook={webhook}
          id={search.delivery}
          onClose={() => setSearch({ delivery: undefined })}
        />
      )}
    </section>
  )
}

import { Button, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { AppLink, useGo } from 'frontend-shared/routing'
import { DataList, EmptyState, Page, RelativeTime, type Column } from 'frontend-shared/ui'
import { Plus, Webhook as WebhookIcon } from 'lucide-react'
import { useState } from 'react'
import { webhooksQuery, type Webhook } from '../api/webhooks.ts'
import { useT, type T } from '../i18n/webhooks.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { paths } from '../paths.ts'
import { IntegrationTabs } from './integrations/IntegrationTabs.tsx'
import { SecretDialog } from './webhooks/SecretDialog.tsx'
import { WebhookDialog } from './webhooks/WebhookDialog.tsx'
import { DeliveryStatus, WebhookState } from './webhooks/WebhookState.tsx'
import classes from './webhooks/webhooks.module.css'

const columns = (t: T): Column<Webhook>[] => [
  {
    key: 'address',
    header: t('webhooks.address'),
    grows: true,
    cell: (row) => (
      <>
        <AppLink to={paths.webhook(row.id)} className={classes.url ?? ''}>
          {row.url}
        </AppLink>
        {row.description !== '' && (
          <Text size="sm" c="dimmed">
            {row.description}
          </Text>
        )}
      </>
    ),
  },
  {
    key: 'events',
    header: t('webhooks.events'),
    wideOnly: true,
    cell: ({ event_types: types }) =>
      types.length === 0 ? t('webhooks.all_events') : t('webhooks.some_events', { count: types.length }),
  },
  { key: 'state', header: t('webhooks.state'), cell: (row) => <WebhookState webhook={row} /> },
  {
    key: 'last',
    header: t('webhooks.last'),
    labelled: true,
    cell: ({ last_delivery: last }) =>
      last === null ? (
        t('webhooks.never')
      ) : (
        <>
          <DeliveryStatus status={last.status} /> <RelativeTime time={last.ended_at ?? last.created_at} />
        </>
      ),
  },
]

export function WebhooksPage() {
  const t = useT()
  return (
    <AdminsOnly
      title={t('webhooks.title')}
      back={{ to: paths.home(), label: t('nav.home') }}
      detail={t('webhooks.admins_only')}
    >
      <Webhooks />
    </AdminsOnly>
  )
}

/** The addresses that are told what happens. */
function Webhooks() {
  const t = useT()
  const go = useGo()
  const query = useInfiniteQuery(webhooksQuery())
  const [making, setMaking] = useState(false)
  const [made, setMade] = useState<{ id: string; secret: string } | null>(null)
  const add = (
    <Button leftSection={<Plus size={16} aria-hidden />} onClick={() => setMaking(true)}>
      {t('webhooks.new')}
    </Button>
  )
  return (
    <Page title={t('nav.integrations')} intro={t('webhooks.intro')} width="wide" actions={add}>
      <IntegrationTabs value="webhooks">
        <DataList
          query={query}
          columns={columns(t)}
          label={t('webhooks.title')}
          empty={
            <EmptyState icon={WebhookIcon} title={t('webhooks.empty')}>
              {t('webhooks.empty_detail')}
            </EmptyState>
          }
        />
      </IntegrationTabs>
      {making && (
        <WebhookDialog
          webhook={null}
          onDone={(id, secret) => {
            setMaking(false)
            if (secret !== null) setMade({ id, secret })
          }}
          onClose={() => setMaking(false)}
        />
      )}
      {made && <SecretDialog secret={made.secret} onClose={() => void go(paths.webhook(made.id))} />}
    </Page>
  )
}

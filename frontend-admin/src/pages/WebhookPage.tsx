import { Alert, Button, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useParams } from '@tanstack/react-router'
import { useApiMutation } from 'frontend-shared/api'
import { useGo, useUrlSearch } from 'frontend-shared/routing'
import { ConfirmDialog, ErrorState, ExactTime, LoadingState, Page } from 'frontend-shared/ui'
import { Info, KeyRound, Pencil, Power, Trash2, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { eventWords } from '../api/eventTypes.ts'
import { keys } from '../api/keys.ts'
import {
  deleteWebhook,
  disableWebhook,
  enableWebhook,
  rotateSecret,
  webhookQuery,
  type Webhook,
} from '../api/webhooks.ts'
import { useT } from '../i18n/webhooks.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { MoreActs } from '../parts/MoreActs.tsx'
import { paths, type WebhookSearch } from '../paths.ts'
import { DeliveryList } from './webhooks/DeliveryList.tsx'
import { SecretDialog } from './webhooks/SecretDialog.tsx'
import { TestButton, TestResult } from './webhooks/TestButton.tsx'
import { WebhookDialog } from './webhooks/WebhookDialog.tsx'
import { WebhookState } from './webhooks/WebhookState.tsx'
import classes from './webhooks/webhooks.module.css'

export function WebhookPage() {
  const t = useT()
  const { webhook } = useParams({ from: '/frame/integrations/webhooks/$webhook' })
  return (
    <AdminsOnly
      title={t('webhooks.title')}
      back={{ to: paths.home(), label: t('nav.home') }}
      detail={t('webhooks.admins_only')}
    >
      <One id={webhook} />
    </AdminsOnly>
  )
}

function One({ id }: { id: string }) {
  const t = useT()
  const query = useQuery(webhookQuery(id))
  const back = { to: paths.webhooks(), label: t('webhooks.title') }
  if (query.isPending || (query.isError && !query.data)) {
    return (
      <Page title={t('webhooks.title')} back={back}>
        {query.isPending ? (
          <LoadingState shape="page" />
        ) : (
          <ErrorState error={query.error} onRetry={() => void query.refetch()} />
        )}
      </Page>
    )
  }
  return <Shown key={id} webhook={query.data} back={back} />
}

/** One webhook: how it is doing, what can be done with it, what it was told. */
function Shown({ webhook, back }: { webhook: Webhook; back: { to: string; label: string } }) {
  const t = useT()
  const go = useGo()
  const [, setSearch] = useUrlSearch<WebhookSearch>()
  const [open, setOpen] = useState<'edit' | 'rotate' | 'delete' | null>(null)
  const [secret, setSecret] = useState<string | null>(null)
  const [tested, setTested] = useState<string | null>(null)
  const close = () => setOpen(null)
  const active = webhook.state === 'active'
  const turn = useApiMutation({
    run: () => (active ? disableWebhook(webhook.id) : enableWebhook(webhook.id)),
    invalidates: () => [keys.webhooks()],
    notice: t(active ? 'webhook.was_disabled' : 'webhook.enabled'),
  })
  const rotate = useApiMutation({
    run: (_: void, once) => rotateSecret(webhook.id, once),
    invalidates: () => [keys.webhooks()],
    onDone: (made) => {
      close()
      setSecret(made.secret)
    },
  })
  const remove = useApiMutation({
    run: () => deleteWebhook(webhook),
    notice: t('webhook.deleted'),
    onDone: () => go(paths.webhooks()),
  })
  return (
    <Page
      title={webhook.description || new URL(webhook.url).host}
      back={back}
      width="wide"
      marks={<WebhookState webhook={webhook} />}
      intro={<Facts webhook={webhook} />}
      actions={
        <>
          <TestButton webhook={webhook.id} onSent={setTested} />
          <Button
            variant={active ? 'default' : 'filled'}
            leftSection={<Power size={16} aria-hidden />}
            loading={turn.isPending}
            onClick={() => turn.mutate()}
          >
            {t(active ? 'webhook.disable' : 'webhook.enable')}
          </Button>
          <MoreActs
            acts={[
              { label: t('webhooks.edit'), icon: Pencil, run: () => setOpen('edit') },
              { label: t('webhook.rotate'), icon: KeyRound, run: () => setOpen('rotate') },
              { label: t('webhook.delete'), icon: Trash2, run: () => setOpen('delete'), destructive: true },
            ]}
          />
        </>
      }
    >
      <Standing webhook={webhook} />
      {tested !== null && (
        <TestResult
          key={tested}
          webhook={webhook.id}
          id={tested}
          onOpen={(delivery) => setSearch({ delivery })}
        />
      )}
      <DeliveryList webhook={webhook} />
      {open === 'edit' && <WebhookDialog webhook={webhook} onDone={close} onClose={close} />}
      <ConfirmDialog
        opened={open === 'rotate'}
        title={t('webhook.rotate_title')}
        confirmLabel={t('webhook.rotate_do')}
        busy={rotate.isPending}
        onConfirm={() => rotate.mutate()}
        onClose={close}
      >
        {t('webhook.rotate_detail')}
      </ConfirmDialog>
      <ConfirmDialog
        opened={open === 'delete'}
        title={t('webhook.delete_title')}
        confirmLabel={t('webhook.delete')}
        destructive
        busy={remove.isPending}
        onConfirm={() => remove.mutate()}
        onClose={close}
      >
        {t('webhook.delete_detail')}
      </ConfirmDialog>
      {secret !== null && <SecretDialog secret={secret} onClose={() => setSecret(null)} />}
    </Page>
  )
}

function Facts({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const types = webhook.event_types.map((type) => eventWords(t, type)).join(', ')
  return (
    <>
      <Text component="div" className={classes.url ?? ''}>
        {webhook.url}
      </Text>
      {types === '' ? t('webhooks.all_events') : types}
    </>
  )
}

/** What an administrator should know of it at once. */
function Standing({ webhook }: { webhook: Webhook }) {
  const t = useT()
  const { disabled_reason: reason, failing_since: failing, old_secret_until: until } = webhook
  return (
    <>
      {reason !== null && (
        <Alert
          mb="md"
          color={reason === 'by_admin' ? 'gray' : 'red'}
          icon={<TriangleAlert size={18} aria-hidden />}
        >
          {t(`webhook.disabled.${reason}`)}
        </Alert>
      )}
      {reason === null && failing !== null && (
        <Alert mb="md" color="orange" icon={<TriangleAlert size={18} aria-hidden />}>
          {t('webhook.failing_detail')} <ExactTime time={failing} />.
        </Alert>
      )}
      {until !== null && (
        <Alert mb="md" icon={<Info size={18} aria-hidden />}>
          {t('webhook.both_until')} <ExactTime time={until} />.
        </Alert>
      )}
    </>
  )
}

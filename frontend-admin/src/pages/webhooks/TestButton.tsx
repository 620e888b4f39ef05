import { Alert, Anchor, Button, Loader } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApiMutation } from 'frontend-shared/api'
import { Check, Send, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { deliveryQuery, testWebhook } from '../../api/webhooks.ts'
import { useT } from '../../i18n/webhooks.ts'

/** Sends a test; `onSent` is told its delivery. */
export function TestButton({ webhook, onSent }: { webhook: string; onSent: (id: string) => void }) {
  const t = useT()
  const test = useApiMutation({
    run: (_: void, once) => testWebhook(webhook, once),
    invalidates: () => [keys.webhook(webhook)],
    onDone: ({ id }) => onSent(id),
  })
  return (
    <Button
      variant="default"
      leftSection={<Send size={16} aria-hidden />}
      loading={test.isPending}
      onClick={() => test.mutate()}
    >
      {t('webhook.test')}
    </Button>
  )
}

/** What came of a test, from its way there to its end. */
export function TestResult({
  webhook,
  id,
  onOpen,
}: {
  webhook: string
  id: string
  onOpen: (id: string) => void
}) {
  const t = useT()
  const [closed, setClosed] = useState(false)
  const { data } = useQuery(deliveryQuery(webhook, id))
  if (closed) return null
  const last = data?.log[0]
  const open = (
    <Anchor component="button" type="button" size="sm" onClick={() => onOpen(id)}>
      {t('webhook.test_open')}
    </Anchor>
  )
  return (
    <div aria-live="polite">
      {!data || data.status === 'waiting' ? (
        <Alert mb="md" icon={<Loader size={16} />} title={t('webhook.test_sent')} />
      ) : (
        <Alert
          mb="md"
          withCloseButton
          onClose={() => setClosed(true)}
          color={data.status === 'delivered' ? 'green' : 'red'}
          icon={data.status === 'delivered' ? <Check size={18} /> : <TriangleAlert size={18} />}
          title={t(data.status === 'delivered' ? 'webhook.test_delivered' : 'webhook.test_failed')}
        >
          {last && (
            <>
              {last.error_detail ??
                t('delivery.answered', { status: last.status ?? 0, ms: last.latency_ms })}{' '}
            </>
          )}
          {open}
        </Alert>
      )}
    </div>
  )
}

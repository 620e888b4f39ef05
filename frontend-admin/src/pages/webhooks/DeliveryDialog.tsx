import { Badge, Button, Code, Group, Modal, Stack, Text, Title } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApiMutation } from 'frontend-shared/api'
import { ErrorState, ExactTime, LoadingState } from 'frontend-shared/ui'
import { RotateCcw } from 'lucide-react'
import { eventWords } from '../../api/eventTypes.ts'
import { keys } from '../../api/keys.ts'
import { deliveryQuery, resendDelivery, type DeliveryDetail, type Webhook } from '../../api/webhooks.ts'
import { useT } from '../../i18n/webhooks.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'
import { DeliveryStatus } from './WebhookState.tsx'
import classes from './webhooks.module.css'

interface DeliveryDialogProps {
  webhook: Webhook
  id: string
  onClose: () => void
}

/** One delivery: what was sent, what came back, each time. */
export function DeliveryDialog({ webhook, id, onClose }: DeliveryDialogProps) {
  const t = useT()
  useReturnFocus()
  const query = useQuery(deliveryQuery(webhook.id, id))
  const resend = useApiMutation({
    run: () => resendDelivery(webhook.id, id),
    invalidates: () => [keys.webhook(webhook.id)],
    notice: t('delivery.resent'),
  })
  const delivery = query.data
  return (
    <Modal
      opened
      onClose={onClose}
      title={delivery ? eventWords(t, delivery.event_type) : t('delivery.title')}
      size="xl"
    >
      {query.isPending && <LoadingState shape="page" />}
      {query.isError && <ErrorState error={query.error} onRetry={() => void query.refetch()} />}
      {delivery && (
        <Stack>
          <Group justify="space-between">
            <Group gap="xs">
              <DeliveryStatus status={delivery.status} />
              {delivery.next_attempt_at !== null && (
                <Text size="sm" c="dimmed">
                  {t('deliveries.next')}: <ExactTime time={delivery.next_attempt_at} />
                </Text>
              )}
            </Group>
            <Button
              size="compact-sm"
              variant="default"
              leftSection={<RotateCcw size={14} aria-hidden />}
              loading={resend.isPending}
              disabled={webhook.state === 'disabled'}
              onClick={() => resend.mutate()}
            >
              {t('delivery.resend')}
            </Button>
          </Group>
          <Block title={t('delivery.body')} text={pretty(delivery.payload)} />
          {delivery.log.length === 0 && (
            <Text size="sm" c="dimmed">
              {t('delivery.no_attempts')}
            </Text>
          )}
          {delivery.log.map((attempt) => (
            <Attempt key={attempt.n} delivery={delivery} attempt={attempt} />
          ))}
        </Stack>
      )}
    </Modal>
  )
}

function Attempt({
  delivery,
  attempt,
}: {
  delivery: DeliveryDetail
  attempt: DeliveryDetail['log'][number]
}) {
  const t = useT()
  const ms = attempt.latency_ms
  const headers = [
    `POST ${attempt.url}`,
    'content-type: application/json',
    `webhook-id: ${delivery.id}`,
    `webhook-timestamp: ${Math.floor(new Date(attempt.at).getTime() / 1000)}`,
    `webhook-signature: ${attempt.signature}`,
  ]
  return (
    <section className={classes.attempt}>
      <Group justify="space-between" mb="xs">
        <Group gap="xs">
          <Title order={3} size="h5">
            {t('delivery.attempt', { n: attempt.n })}
          </Title>
          <Badge color={attempt.error === null ? 'green' : 'red'}>
            {attempt.status === null
              ? t('delivery.unanswered', { ms })
              : t('delivery.answered', { status: attempt.status, ms })}
          </Badge>
        </Group>
        <Text size="sm" c="dimmed">
          <ExactTime time={attempt.at} />
        </Text>
      </Group>
      {attempt.error_detail !== null && (
        <Text size="sm" mb="xs">
          {attempt.error_detail}
        </Text>
      )}
      <Block title={t('delivery.request')} text={headers.join('\n')} />
      {attempt.answer !== null && (
        <Block title={t('delivery.answer')} text={attempt.answer || t('delivery.answer_empty')} />
      )}
    </section>
  )
}

/** A text of machines, which can be scrolled by keyboard as well. */
function Block({ title, text }: { title: string; text: string }) {
  return (
    <div>
      <Text size="xs" c="dimmed" mb={4}>
        {title}
      </Text>
      <Code block className={classes.block ?? ''} tabIndex={0} role="region" aria-label={title}>
        {text}
      </Code>
    </div>
  )
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2)
  } catch {
    return json
  }
}

import { Badge } from '@mantine/core'
import type { Delivery, Webhook } from '../../api/webhooks.ts'
import { useT } from '../../i18n/webhooks.ts'

/** Whether a webhook is told what happens, and whether that works. */
export function WebhookState({ webhook }: { webhook: Webhook }) {
  const t = useT()
  if (webhook.state === 'disabled')
    return (
      <Badge miw="max-content" color="gray">
        {t('webhook.disabled')}
      </Badge>
    )
  if (webhook.failing_since !== null)
    return (
      <Badge miw="max-content" color="orange">
        {t('webhook.failing')}
      </Badge>
    )
  return (
    <Badge miw="max-content" color="green">
      {t('webhook.active')}
    </Badge>
  )
}

const COLOURS = { waiting: 'blue', delivered: 'green', failed: 'red' } as const

export function DeliveryStatus({ status }: { status: Delivery['status'] }) {
  const t = useT()
  return (
    <Badge miw="max-content" color={COLOURS[status]}>
      {t(`delivery.${status}`)}
    </Badge>
  )
}

import { Button, Checkbox, Group, Modal, Stack, Text, TextInput } from '@mantine/core'
import { useApiMutation } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { resendSince } from '../../api/webhooks.ts'
import { useT } from '../../i18n/webhooks.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'

const DAY_MS = 86_400_000

/** A moment as a field of local times holds it. */
function localText(moment: Date): string {
  const shifted = new Date(moment.getTime() - moment.getTimezoneOffset() * 60_000)
  return shifted.toISOString().slice(0, 16)
}

/** Has whatever failed since a moment sent again. */
export function ResendDialog({ webhook, onClose }: { webhook: string; onClose: () => void }) {
  const t = useT()
  const shared = useSharedT()
  useReturnFocus()
  const [since, setSince] = useState(() => localText(new Date(Date.now() - DAY_MS)))
  const [delivered, setDelivered] = useState(false)
  const moment = new Date(since)
  const resend = useApiMutation({
    run: (body: { since: string; delivered: boolean }, once) => resendSince(webhook, body, once),
    invalidates: () => [keys.webhook(webhook)],
    notice: ({ queued }) => t('resend.done', { count: queued }),
    onDone: onClose,
  })
  return (
    <Modal opened onClose={onClose} title={t('resend.title')}>
      <form
        onSubmit={(event) => {
          event.preventDefault()
          resend.mutate({ since: moment.toISOString(), delivered })
        }}
      >
        <Stack>
          <Text size="sm">{t('resend.detail')}</Text>
          <TextInput
            label={t('resend.since')}
            type="datetime-local"
            value={since}
            onChange={(event) => setSince(event.currentTarget.value)}
            data-autofocus
          />
          <Checkbox
            label={t('resend.delivered')}
            checked={delivered}
            onChange={(event) => setDelivered(event.currentTarget.checked)}
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('common.cancel')}
            </Button>
            <Button type="submit" loading={resend.isPending} disabled={Number.isNaN(moment.getTime())}>
              {t('resend.do')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

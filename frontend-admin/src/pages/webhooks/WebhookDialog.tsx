import { Button, Group, Modal, MultiSelect, Stack, TextInput } from '@mantine/core'
import { fieldErrors, hasCode, useApiMutation } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { eventGroups, type EventType } from '../../api/eventTypes.ts'
import { keys } from '../../api/keys.ts'
import { createWebhook, updateWebhook, type Webhook } from '../../api/webhooks.ts'
import { useT } from '../../i18n/webhooks.ts'
import { useReturnFocus } from '../../parts/useReturnFocus.ts'

interface WebhookDialogProps {
  /** Null to make one. */
  webhook: Webhook | null
  /** With the secret of one that was made. */
  onDone: (id: string, secret: string | null) => void
  onClose: () => void
}

/** Makes a webhook, or changes one. */
export function WebhookDialog({ webhook, onDone, onClose }: WebhookDialogProps) {
  const t = useT()
  const shared = useSharedT()
  useReturnFocus()
  const [url, setUrl] = useState(webhook?.url ?? '')
  const [description, setDescription] = useState(webhook?.description ?? '')
  const [types, setTypes] = useState<EventType[]>(webhook?.event_types ?? [])
  const [errors, setErrors] = useState<Record<string, string>>({})

  const save = useApiMutation({
    run: async (body: { url: string; description: string; event_types: EventType[] }, once) => {
      if (webhook) return { saved: await updateWebhook(webhook, body), secret: null }
      const made = await createWebhook(body, once)
      return { saved: made, secret: made.secret }
    },
    invalidates: () => [keys.webhooks()],
    notice: t(webhook ? 'webhooks.saved' : 'webhooks.made'),
    onDone: ({ saved, secret }) => onDone(saved.id, secret),
    onFailed: (failure) => {
      const found = hasCode(failure, 'webhook_limit')
        ? { url: t('webhooks.limit') }
        : fieldErrors(failure, shared)
      setErrors(found)
      return Object.keys(found).length > 0
    },
  })

  return (
    <Modal opened onClose={onClose} title={t(webhook ? 'webhooks.edit' : 'webhooks.new')} size="lg">
      <form
        noValidate
        onSubmit={(event) => {
          event.preventDefault()
          if (url.trim() === '') setErrors({ url: shared('field.required') })
          else save.mutate({ url: url.trim(), description: description.trim(), event_types: types })
        }}
      >
        <Stack>
          <TextInput
            label={t('webhooks.address')}
            description={t('webhook.url_help')}
            placeholder="https://hooks.example.com/desk"
            type="url"
            inputMode="url"
            maxLength={2000}
            value={url}
            onChange={(event) => setUrl(event.currentTarget.value)}
            error={errors['url']}
            data-autofocus
          />
          <TextInput
            label={t('field.description')}
            description={t('webhook.description_help')}
            maxLength={200}
            value={description}
            onChange={(event) => setDescription(event.currentTarget.value)}
            error={errors['description']}
          />
          <MultiSelect
            label={t('webhooks.events')}
            description={t('webhook.events_help')}
            placeholder={types.length === 0 ? t('webhooks.all_events') : ''}
            data={eventGroups(t)}
            value={types}
            onChange={(next) => setTypes(next as EventType[])}
            nothingFoundMessage={t('webhook.events_none')}
            error={errors['event_types']}
            searchable
            hidePickedOptions
          />
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              {shared('common.cancel')}
            </Button>
            <Button type="submit" loading={save.isPending}>
              {t(webhook ? 'common.save' : 'webhooks.create')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

import { Button, Group, Stack, Text, Textarea } from '@mantine/core'
import { hasCode, useApiMutation, type CustomerTicketDetail } from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useNotices } from 'frontend-shared/ui'
import { Send } from 'lucide-react'
import { useState } from 'react'
import { useQueryClient } from '@tanstack/react-query'
import { keys } from '../../api/keys.ts'
import { reply } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { DraftNotice } from '../../parts/DraftNotice.tsx'
import { replyDraft } from '../../parts/replyDraft.ts'

const BODY_MAX = 20_000

/** Writes into the conversation. What is typed survives reloads, errors and sessions. */
export function Composer({ ticket, address }: { ticket: CustomerTicketDetail; address: string }) {
  const t = useT()
  const client = useQueryClient()
  const notices = useNotices()
  const draft = useFormDraft(replyDraft(ticket.id), { body: '' })
  const [error, setError] = useState<string>()
  const send = useApiMutation({
    run: (body: string, once) => reply(ticket.id, body, once),
    call: () => draft.call,
    invalidates: () => [keys.messages(address), keys.ticket(address), keys.ticketLists()],
    form: { setErrors: (errors) => setError(errors['body']) },
    onDone: () => draft.clear(),
    onFailed: (failure) => {
      if (!hasCode(failure, 'ticket_closed')) return false
      notices.info(t('ticket.reply_closed'))
      void client.invalidateQueries({ queryKey: keys.ticket(address) })
      return true
    },
  })
  // At once, not when the call is under way: no letter comes between what is sent and what is shown.
  const [busy, setBusy] = useState(false)
  const submit = () => {
    const body = draft.values.body.trim()
    const wrong =
      body === ''
        ? t('ticket.reply_empty')
        : Array.from(body).length > BODY_MAX
          ? t('ticket.reply_too_long')
          : undefined
    setError(wrong)
    if (wrong || busy) return
    setBusy(true)
    send.mutate(body, { onSettled: () => setBusy(false) })
  }

  return (
    <form
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        submit()
      }}
    >
      <Stack gap="sm">
        <Textarea
          label={t('ticket.reply')}
          placeholder={t('ticket.reply_placeholder')}
          autosize
          minRows={4}
          maxRows={16}
          readOnly={busy}
          value={draft.values.body}
          error={error}
          onChange={(event) => {
            setError(undefined)
            draft.setValues({ body: event.currentTarget.value })
          }}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit()
          }}
        />
        <DraftNotice shown={draft.restored} onDiscard={draft.clear} />
        <Group justify="space-between" gap="sm">
          <Text size="sm" c="dimmed">
            {t(ticket.status === 'resolved' ? 'ticket.reply_reopens' : 'ticket.reply_hint')}
          </Text>
          <Button type="submit" loading={busy} leftSection={<Send size={16} aria-hidden />}>
            {t('ticket.reply_send')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

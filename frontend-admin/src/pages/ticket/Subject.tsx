import { ActionIcon, Button, Group, TextInput } from '@mantine/core'
import { Pencil } from 'lucide-react'
import type { AdminTicketDetail } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useState } from 'react'
import { useT } from '../../i18n/tickets.ts'
import type { TicketPatch } from './useTicketPatch.ts'

/** Opens the field in which a ticket's subject is changed. */
export function RenameButton({ onClick }: { onClick: () => void }) {
  const t = useT()
  return (
    <ActionIcon aria-label={t('ticket.rename')} title={t('ticket.rename')} onClick={onClick}>
      <Pencil size={16} aria-hidden />
    </ActionIcon>
  )
}

interface SubjectFormProps {
  ticket: AdminTicketDetail
  patch: TicketPatch
  onClose: () => void
}

/** Changes the subject. What is typed stays until it is saved, or given up. */
export function SubjectForm({ ticket, patch, onClose }: SubjectFormProps) {
  const t = useT()
  const shared = useSharedT()
  // What was read when typing began: a subject that arrives meanwhile must not be overwritten unseen.
  const [base] = useState(ticket)
  const [subject, setSubject] = useState(ticket.subject)
  const trimmed = subject.trim()
  const short = trimmed.length < 3
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault()
        if (short) return
        if (trimmed === base.subject) onClose()
        else patch.change({ subject: trimmed }, base, onClose)
      }}
    >
      <Group align="flex-end" mb="lg">
        <TextInput
          label={t('field.subject')}
          value={subject}
          onChange={(event) => setSubject(event.currentTarget.value)}
          error={short ? shared('field.too_short') : undefined}
          onKeyDown={(event) => {
            if (event.key === 'Escape') onClose()
          }}
          maxLength={200}
          readOnly={patch.busy}
          autoFocus
          flex="1 1 16rem"
        />
        <Button type="submit" disabled={short} loading={patch.busy}>
          {t('common.save')}
        </Button>
        <Button variant="default" onClick={onClose}>
          {shared('common.cancel')}
        </Button>
      </Group>
    </form>
  )
}

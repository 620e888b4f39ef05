import { Button, Select, Stack } from '@mantine/core'
import { UserCheck } from 'lucide-react'
import type { AdminTicketDetail, Priority, TicketCategory } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { useMe } from 'frontend-shared/session'
import { categoryLabel, Panel, priorityLabel, statusLabel } from 'frontend-shared/ui'
import { useRef, type RefObject } from 'react'
import { useT } from '../../i18n/tickets.ts'
import { StaffPicker } from '../../parts/pickers.tsx'
import { useShortcuts } from '../../shortcuts/useShortcuts.ts'
import type { TicketPatch } from './useTicketPatch.ts'

const PRIORITIES: Priority[] = ['low', 'normal', 'high', 'urgent']
const CATEGORIES: TicketCategory[] = ['customer_request', 'service_request', 'incident', 'question']

function open(field: RefObject<HTMLInputElement | null>): void {
  field.current?.focus()
  field.current?.click()
}

/** The fields of a ticket, each saved as soon as it is chosen. */
export function TicketFields({ ticket, patch }: { ticket: AdminTicketDetail; patch: TicketPatch }) {
  const t = useT()
  const shared = useSharedT()
  const me = useMe()
  const status = useRef<HTMLInputElement>(null)
  const priority = useRef<HTMLInputElement>(null)
  const assignee = useRef<HTMLInputElement>(null)
  useShortcuts({ s: () => open(status), p: () => open(priority), a: () => open(assignee) })

  const now = { ...ticket, ...patch.pending }
  const assigned =
    patch.pending.assignee_id === undefined ? ticket.assignee?.id : (patch.pending.assignee_id ?? undefined)
  const statuses = [...new Set([ticket.status, now.status, ...ticket.allowed_statuses])]

  return (
    <Panel title={t('ticket.fields')}>
      <Stack gap="sm">
        <Select
          ref={status}
          label={t('field.status')}
          aria-keyshortcuts="S"
          allowDeselect={false}
          disabled={ticket.allowed_statuses.length === 0}
          description={ticket.allowed_statuses.length === 0 ? t('ticket.closed_for_good') : undefined}
          data={statuses.map((value) => ({ value, label: statusLabel(value, shared) }))}
          value={now.status}
          onChange={(value) => {
            const chosen = statuses.find((item) => item === value)
            if (chosen && chosen !== ticket.status) patch.change({ status: chosen })
          }}
        />
        <Select
          ref={priority}
          label={t('field.priority')}
          aria-keyshortcuts="P"
          allowDeselect={false}
          data={PRIORITIES.map((value) => ({ value, label: priorityLabel(value, shared) }))}
          value={now.priority}
          onChange={(value) => {
            const chosen = PRIORITIES.find((item) => item === value)
            if (chosen && chosen !== ticket.priority) patch.change({ priority: chosen })
          }}
        />
        <Select
          label={t('field.category')}
          allowDeselect={false}
          data={CATEGORIES.map((value) => ({ value, label: categoryLabel(value, shared) }))}
          value={now.category}
          onChange={(value) => {
            const chosen = CATEGORIES.find((item) => item === value)
            if (chosen && chosen !== ticket.category) patch.change({ category: chosen })
          }}
        />
        <StaffPicker
          ref={assignee}
          label={t('field.assignee')}
          aria-keyshortcuts="A"
          placeholder={t('pick.nobody')}
          known={ticket.assignee}
          value={assigned}
          onChange={(id) => {
            if (id !== ticket.assignee?.id) patch.change({ assignee_id: id ?? null })
          }}
        />
        {assigned !== me.id && (
          <Button
            variant="light"
            size="xs"
            leftSection={<UserCheck size={15} aria-hidden />}
            onClick={() => patch.change({ assignee_id: me.id })}
          >
            {t('ticket.assign_me')}
          </Button>
        )}
      </Stack>
    </Panel>
  )
}

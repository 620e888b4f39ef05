import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { useSharedT, type SharedTranslate } from 'frontend-shared/i18n'
import { categoryLabel, priorityLabel, statusLabel } from 'frontend-shared/ui'
import { staffQuery } from '../../api/people.ts'
import { settled } from '../../api/changes.ts'
import { useT } from '../../i18n/tickets.ts'
import { ConflictDialog } from '../../parts/ConflictDialog.tsx'
import type { TicketChanges } from './changes.ts'
import type { TicketConflict, TicketPatch } from './useTicketPatch.ts'

const LABELS = {
  status: 'field.status',
  priority: 'field.priority',
  category: 'field.category',
  assignee_id: 'field.assignee',
  subject: 'field.subject',
} as const

interface TicketConflictDialogProps {
  patch: TicketPatch
  conflict: TicketConflict
  /** Theirs or mine stands: nothing that was typed is needed any more. */
  onDecided: () => void
}

/** Lets the agent choose between a colleague's change of a ticket and their own. */
export function TicketConflictDialog({ patch, conflict, onDecided }: TicketConflictDialogProps) {
  const t = useT()
  const shared = useSharedT()
  const staff = rowsOf(useInfiniteQuery(staffQuery()).data)
  const { changes, theirs, fields } = conflict

  const mine = (field: keyof TicketChanges) => {
    if (field !== 'assignee_id') return word(field, changes, shared)
    if (changes.assignee_id == null) return t('pick.nobody')
    return staff.find((user) => user.id === changes.assignee_id)?.name ?? ''
  }
  const their = (field: keyof TicketChanges) =>
    field === 'assignee_id' ? (theirs.assignee?.name ?? t('pick.nobody')) : word(field, theirs, shared)

  return (
    <ConflictDialog
      rows={fields.map((field) => ({
        name: field,
        field: t(LABELS[field]),
        theirs: their(field),
        mine: mine(field),
      }))}
      busy={patch.busy}
      onTheirs={() => {
        patch.dismiss()
        onDecided()
      }}
      onClose={patch.dismiss}
      onMine={(stand) => patch.change(settled(changes, fields, stand), theirs, onDecided)}
    />
  )
}

function word(
  field: Exclude<keyof TicketChanges, 'assignee_id'>,
  values: TicketChanges,
  shared: SharedTranslate,
): string {
  if (field === 'status') return values.status ? statusLabel(values.status, shared) : ''
  if (field === 'priority') return values.priority ? priorityLabel(values.priority, shared) : ''
  if (field === 'category') return values.category ? categoryLabel(values.category, shared) : ''
  return values.subject ?? ''
}

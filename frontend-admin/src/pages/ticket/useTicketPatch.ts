import { useQueryClient } from '@tanstack/react-query'
import { hasCode, ifMatch, unwrap, useApiMutation, type AdminTicketDetail } from 'frontend-shared/api'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { api } from '../../portal.ts'
import { clashes, sendChanges } from '../../api/changes.ts'
import type { TicketChanges } from './changes.ts'

interface Wanted {
  changes: TicketChanges
  /** The ticket as it was when the change was begun. */
  base: AdminTicketDetail
}

export interface TicketConflict {
  changes: TicketChanges
  theirs: AdminTicketDetail
  fields: (keyof TicketChanges)[]
}

/**
 * Changes fields of a ticket. When somebody changed it in the meantime, it is sent again by
 * itself as long as they changed other fields; for the same field, `conflict` asks.
 */
export function useTicketPatch(ticket: AdminTicketDetail) {
  const client = useQueryClient()
  const [conflict, setConflict] = useState<TicketConflict | null>(null)

  const keep = (answer: AdminTicketDetail) => {
    client.setQueryData(keys.ticket(answer.id), answer)
    client.setQueryData(keys.ticket(answer.number), answer)
  }

  const send = ({ changes, base }: Wanted): Promise<AdminTicketDetail> =>
    sendChanges(base, changes, (version) =>
      unwrap(
        api.PATCH('/api/admin/tickets/{id}', {
          params: { path: { id: ticket.id }, header: ifMatch(version) },
          body: changes,
        }),
      ),
    )

  const mutation = useApiMutation<Wanted, AdminTicketDetail>({
    run: send,
    onDone: (answer) => {
      keep(answer)
      setConflict(null)
      void client.invalidateQueries({ queryKey: keys.ticketLists() })
      void client.invalidateQueries({ queryKey: keys.ticketCounts() })
      void client.invalidateQueries({ queryKey: keys.history(answer.number) })
    },
    onFailed: (error, { changes, base }) => {
      if (!hasCode(error, 'version_mismatch')) return false
      const theirs = error.problem.current as AdminTicketDetail
      keep(theirs)
      const fields = clashes(changes, base, theirs)
      if (fields.length === 0) return false
      setConflict({ changes, theirs, fields })
      return true
    },
  })

  return {
    /** Saves what is chosen, or what was begun at `base`; `onSaved` is told when it stands. */
    change: (changes: TicketChanges, base = ticket, onSaved?: () => void) =>
      mutation.mutate({ changes, base }, { onSuccess: () => onSaved?.() }),
    busy: mutation.isPending,
    /** What is being saved, to be shown until the answer is there. */
    pending: mutation.isPending ? mutation.variables.changes : {},
    conflict,
    /** Decides nothing, or lets theirs stand. */
    dismiss: () => setConflict(null),
  }
}

export type TicketPatch = ReturnType<typeof useTicketPatch>

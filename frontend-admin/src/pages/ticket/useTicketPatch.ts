import { useQueryClient } from '@tanstack/react-query'
import { hasCode, ifMatch, unwrap, useApiMutation, type AdminTicketDetail } from 'frontend-shared/api'
import { useState } from 'react'
import { keys } from '../../api/keys.ts'
import { api } from '../../portal.ts'
import { clashes, sendChanges } from '../../api/changes.ts'
import type { TicketChanges } from './changes.ts'

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

  const send = (changes: TicketChanges): Promise<AdminTicketDetail> =>
    sendChanges(ticket, changes, (version) =>
      unwrap(
        api.PATCH('/api/admin/tickets/{id}', {
          params: { path: { id: ticket.id }, header: ifMatch(version) },
          body: changes,
        }),
      ),
    )

  const mutation = useApiMutation<TicketChanges, AdminTicketDetail>({
    run: send,
    onDone: (answer) => {
      keep(answer)
      setConflict(null)
      void client.invalidateQueries({ queryKey: keys.ticketLists() })
      void client.invalidateQueries({ queryKey: keys.ticketCounts() })
      void client.invalidateQueries({ queryKey: keys.history(answer.number) })
    },
    onFailed: (error, changes) => {
      if (!hasCode(error, 'version_mismatch')) return false
      const theirs = error.problem.current as AdminTicketDetail
      keep(theirs)
      setConflict({ changes, theirs, fields: clashes(changes, ticket, theirs) })
      return true
    },
  })

  return {
    change: mutation.mutate,
    busy: mutation.isPending,
    /** What is being saved, to be shown until the answer is there. */
    pending: mutation.isPending ? mutation.variables : {},
    conflict,
    /** Keeps theirs. */
    dismiss: () => setConflict(null),
  }
}

export type TicketPatch = ReturnType<typeof useTicketPatch>

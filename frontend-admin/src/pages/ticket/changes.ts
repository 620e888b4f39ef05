import type { Priority, Status, TicketCategory } from 'frontend-shared/api'

/** The fields of a ticket that staff change. */
export interface TicketChanges {
  status?: Status
  priority?: Priority
  category?: TicketCategory
  assignee_id?: string | null
  subject?: string
}

import type { TicketCounts } from 'frontend-shared/api'
import { OPEN_STATUSES } from '../../api/tickets.ts'
import type { Key } from '../../i18n/index.ts'
import type { TicketsSearch } from '../../paths.ts'

export interface View {
  key: Extract<Key, `view.${string}`>
  filters: Pick<TicketsSearch, 'status' | 'assignee'>
  /** From the counts of all tickets and of the open ones. */
  count: (all: TicketCounts, open: TicketCounts, me: string) => number
}

const openStatuses = () => [...OPEN_STATUSES]

const assigned = (counts: TicketCounts, id: string | null) =>
  counts.by_assignee.find((row) => (row.assignee?.id ?? null) === id)?.count ?? 0

/** The ready-made looks at the one list. */
export const VIEWS: View[] = [
  { key: 'view.all', filters: {}, count: (all) => all.total },
  { key: 'view.open', filters: { status: openStatuses() }, count: (_, open) => open.total },
  {
    key: 'view.mine',
    filters: { status: openStatuses(), assignee: 'me' },
    count: (_, open, me) => assigned(open, me),
  },
  {
    key: 'view.unassigned',
    filters: { status: openStatuses(), assignee: 'none' },
    count: (_, open) => assigned(open, null),
  },
  { key: 'view.waiting', filters: { status: ['pending'] }, count: (all) => all.by_status.pending },
  { key: 'view.on_hold', filters: { status: ['on_hold'] }, count: (all) => all.by_status.on_hold },
  { key: 'view.resolved', filters: { status: ['resolved'] }, count: (all) => all.by_status.resolved },
  { key: 'view.closed', filters: { status: ['closed'] }, count: (all) => all.by_status.closed },
]

/** True when the list shows this view, perhaps filtered further. */
export function isView(view: View, search: TicketsSearch): boolean {
  return sameSet(view.filters.status ?? [], search.status ?? []) && view.filters.assignee === search.assignee
}

function sameSet(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((item) => b.includes(item))
}

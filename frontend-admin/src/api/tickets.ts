import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type HistoryRow, type Status, type TicketCounts } from 'frontend-shared/api'
import type { TicketsSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { momentsOf } from './days.ts'
import { keys, PAGE } from './keys.ts'

export const OPEN_STATUSES = ['new', 'open', 'pending', 'on_hold'] as const satisfies Status[]

export const DEFAULT_SORT = '-updated_at'

type Filters = Omit<TicketsSearch, 'sort'>

/** The address speaks of days of a zone, the API of moments, and of lists as one text. */
export function ticketFilters(filters: Filters, zone: string) {
  const { status, priority, category, waiting, reopened, ordered, ...rest } = filters
  const created = momentsOf(rest.created_from, rest.created_to, zone)
  const answered = momentsOf(rest.answered_from, rest.answered_to, zone)
  const resolved = momentsOf(rest.resolved_from, rest.resolved_to, zone)
  return {
    ...rest,
    ...(waiting && { waiting: true }),
    ...(reopened && { reopened: true }),
    ...(ordered && { ordered: true }),
    status: status?.join(','),
    priority: priority?.join(','),
    category: category?.join(','),
    created_from: created.from,
    created_to: created.to,
    answered_from: answered.from,
    answered_to: answered.to,
    resolved_from: resolved.from,
    resolved_to: resolved.to,
  }
}

/** A list of tickets; `zone` is the one whose days the address speaks of. */
export function ticketsQuery(
  { sort = DEFAULT_SORT, ...filters }: TicketsSearch,
  zone: string,
  limit: number = PAGE.limit,
) {
  const query = { ...ticketFilters(filters, zone), sort, limit }
  return pagedQuery(keys.tickets(query), (cursor, signal) =>
    unwrap(api.GET('/api/admin/tickets', { params: { query: { ...query, cursor } }, signal })),
  )
}

/** How many tickets such a list has, by status, priority and assignee. */
export function countsQuery(filters: Filters, zone: string) {
  const query = ticketFilters(filters, zone)
  return queryOptions({
    queryKey: keys.ticketCounts(query),
    queryFn: async ({ signal }) => {
      const counts = await unwrap(api.GET('/api/admin/tickets/counts', { params: { query }, signal }))
      // The document speaks of maps; every status and priority has its number in them.
      return counts as TicketCounts
    },
    placeholderData: keepPreviousData,
  })
}

export const ticketQuery = (ticket: string) =>
  queryOptions({
    queryKey: keys.ticket(ticket),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/tickets/{id}', { params: { path: { id: ticket } }, signal })),
  })

export const messagesQuery = (ticket: string) =>
  pagedQuery(keys.messages(ticket), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/tickets/{id}/messages', {
        params: { path: { id: ticket }, query: { limit: 100, cursor } },
        signal,
      }),
    ),
  )

export const historyQuery = (ticket: string) =>
  pagedQuery(keys.history(ticket), async (cursor, signal) => {
    const page = await unwrap(
      api.GET('/api/admin/tickets/{id}/history', {
        params: { path: { id: ticket }, query: { limit: 100, cursor } },
        signal,
      }),
    )
    // The document leaves the list of fields open; these are the ones there are.
    return { ...page, items: page.items as HistoryRow[] }
  })

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type HistoryRow, type Status, type TicketCounts } from 'frontend-shared/api'
import type { TicketsSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'
import { endOfDay, startOfDay } from './days.ts'

export const OPEN_STATUSES = ['new', 'open', 'pending', 'on_hold'] as const satisfies Status[]

export const DEFAULT_SORT = '-updated_at'

type Filters = Omit<TicketsSearch, 'sort'>

/** The address speaks of days in the reader's zone, the API of moments, and of lists as one text. */
function toQuery({ status, priority, category, waiting, reopened, ordered, ...rest }: Filters) {
  return {
    ...rest,
    ...(waiting && { waiting: true }),
    ...(reopened && { reopened: true }),
    ...(ordered && { ordered: true }),
    status: status?.join(','),
    priority: priority?.join(','),
    category: category?.join(','),
    created_from: startOfDay(rest.created_from),
    created_to: endOfDay(rest.created_to),
    answered_from: startOfDay(rest.answered_from),
    answered_to: endOfDay(rest.answered_to),
    resolved_from: startOfDay(rest.resolved_from),
    resolved_to: endOfDay(rest.resolved_to),
  }
}

export const ticketsQuery = (
  { sort = DEFAULT_SORT, ...filters }: TicketsSearch,
  limit: number = PAGE.limit,
) =>
  pagedQuery(keys.tickets({ ...filters, sort, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/tickets', {
        params: { query: { ...toQuery(filters), sort, limit, cursor } },
        signal,
      }),
    ),
  )

export const countsQuery = (filters: Filters) =>
  queryOptions({
    queryKey: keys.ticketCounts(filters),
    queryFn: async ({ signal }) => {
      const counts = await unwrap(
        api.GET('/api/admin/tickets/counts', { params: { query: toQuery(filters) }, signal }),
      )
      // The document speaks of maps; every status and priority has its number in them.
      return counts as TicketCounts
    },
    placeholderData: keepPreviousData,
  })

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

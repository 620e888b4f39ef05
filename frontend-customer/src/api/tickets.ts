import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type CustomerStatus, type Once, type Score } from 'frontend-shared/api'
import type { TicketsSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys } from './keys.ts'
import type { components } from './schema.d.ts'

export interface TicketFilters {
  q?: string | undefined
  status?: CustomerStatus[] | undefined
  rated?: boolean | undefined
  scope?: 'mine' | 'organization' | undefined
  sort?: TicketsSearch['sort']
  limit?: number
}

/** A long conversation comes in pages of this size, fetched one after the other. */
const MESSAGES_AT_ONCE = 100

export const ticketsQuery = ({ status, ...filters }: TicketFilters) =>
  pagedQuery(keys.ticketLists({ status, ...filters }), (cursor, signal) =>
    unwrap(
      api.GET('/api/customer/tickets', {
        params: { query: { ...filters, status: status?.join(','), cursor } },
        signal,
      }),
    ),
  )

/** My tickets in which something is still to be done; the menu counts them, too. */
export const openTicketsQuery = ticketsQuery({ status: ['new', 'open', 'pending'], limit: 100 })

/** A ticket by its number or id. */
export const ticketQuery = (ticket: string) =>
  queryOptions({
    queryKey: keys.ticket(ticket),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/customer/tickets/{id}', { params: { path: { id: ticket } }, signal })),
  })

export const messagesQuery = (ticket: string) =>
  pagedQuery(keys.messages(ticket), (cursor, signal) =>
    unwrap(
      api.GET('/api/customer/tickets/{id}/messages', {
        params: {
          path: { id: ticket },
          query: { limit: MESSAGES_AT_ONCE, cursor },
        },
        signal,
      }),
    ),
  )

export const reply = (ticket: string, body: string, once: Once) =>
  unwrap(
    api.POST('/api/customer/tickets/{id}/messages', {
      params: { path: { id: ticket }, header: once },
      body: { body },
    }),
  )

export const closeTicket = (ticket: string) =>
  unwrap(api.POST('/api/customer/tickets/{id}/close', { params: { path: { id: ticket } } }))

export const reopenTicket = (ticket: string) =>
  unwrap(api.POST('/api/customer/tickets/{id}/reopen', { params: { path: { id: ticket } } }))

export interface RatingInput {
  score: Score
  comment?: string
  reasons: components['schemas']['Reason'][]
}

/** The reasons that fit each score; they change with the server's version only. */
export const ratingReasonsQuery = queryOptions({
  queryKey: keys.ratingReasons(),
  queryFn: ({ signal }) => unwrap(api.GET('/api/customer/rating-reasons', { signal })),
  staleTime: Infinity,
})

export const rateTicket = (ticket: string, rating: RatingInput) =>
  unwrap(api.PUT('/api/customer/tickets/{id}/rating', { params: { path: { id: ticket } }, body: rating }))

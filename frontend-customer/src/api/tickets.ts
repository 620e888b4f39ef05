import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type CustomerStatus, type Score } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'

export interface TicketFilters {
  q?: string | undefined
  status?: CustomerStatus[] | undefined
  rated?: boolean | undefined
  scope?: 'mine' | 'organization' | undefined
  sort?: string | undefined
  limit?: number
}

/** A long conversation comes in pages of this size, fetched one after the other. */
const MESSAGES_AT_ONCE = 100

/** Leaves out what is not set: the API refuses unknown values, and keys stay comparable. */
function given<T extends object>(filters: T) {
  return Object.fromEntries(Object.entries(filters).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>
  }
}

export const ticketsQuery = (filters: TicketFilters) =>
  pagedQuery(keys.ticketLists(filters), (cursor, signal) =>
    unwrap(
      api.GET('/api/customer/tickets', {
        params: { query: { ...given(filters), ...(cursor ? { cursor } : {}) } },
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
          query: { limit: MESSAGES_AT_ONCE, ...(cursor ? { cursor } : {}) },
        },
        signal,
      }),
    ),
  )

export const reply = (ticket: string, body: string) =>
  unwrap(
    api.POST('/api/customer/tickets/{id}/messages', { params: { path: { id: ticket } }, body: { body } }),
  )

export const closeTicket = (ticket: string) =>
  unwrap(api.POST('/api/customer/tickets/{id}/close', { params: { path: { id: ticket } } }))

export const reopenTicket = (ticket: string) =>
  unwrap(api.POST('/api/customer/tickets/{id}/reopen', { params: { path: { id: ticket } } }))

export interface RatingInput {
  score: Score
  comment?: string
  reasons: string[]
}

export const rateTicket = (ticket: string, rating: RatingInput) =>
  unwrap(api.PUT('/api/customer/tickets/{id}/rating', { params: { path: { id: ticket } }, body: rating }))

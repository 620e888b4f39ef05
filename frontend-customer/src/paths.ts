import type { CustomerStatus } from 'frontend-shared/api'
import { writeSearch } from 'frontend-shared/routing'

/** Search parameters of the ticket list. */
export interface TicketsSearch {
  q?: string | undefined
  status?: CustomerStatus[] | undefined
  scope?: 'mine' | 'organization' | undefined
  sort?: '-updated_at' | 'updated_at' | '-created_at' | 'created_at' | undefined
}

export interface ServicesSearch {
  q?: string | undefined
  category?: string | undefined
}

export interface HelpSearch {
  q?: string | undefined
  category?: string | undefined
  tag?: string | undefined
}

export interface NewTicketSearch {
  /** The closed ticket that this one follows up: its number. */
  follow_up_of?: string | undefined
  /** The article that did not help: its slug. */
  article?: string | undefined
}

export interface SignInSearch {
  next?: string | undefined
  notice?: 'password' | 'registered' | undefined
}

const part = encodeURIComponent

/** Every address of the portal. Pages link through these only. */
export const paths = {
  signIn: (search: SignInSearch = {}) => `/sign-in${writeSearch(search)}`,
  register: () => '/register',
  setPassword: () => '/set-password',
  forgotPassword: () => '/forgot-password',
  profile: () => '/profile',
  dashboard: () => '/dashboard',
  tickets: (search: TicketsSearch = {}) => `/tickets${writeSearch(search)}`,
  newTicket: (search: NewTicketSearch = {}) => `/tickets/new${writeSearch(search)}`,
  /** By number ("TKT-12") or id. */
  ticket: (ticket: string) => `/tickets/${part(ticket)}`,
  services: (search: ServicesSearch = {}) => `/services${writeSearch(search)}`,
  service: (id: string) => `/services/${part(id)}`,
  help: (search: HelpSearch = {}) => `/help${writeSearch(search)}`,
  article: (slug: string) => `/help/${part(slug)}`,
  rating: () => '/rating',
}

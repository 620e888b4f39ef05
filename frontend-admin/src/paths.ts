import type { ArticleStatus, Priority, ServiceStatus, Status, TicketCategory } from 'frontend-shared/api'
import { writeSearch } from 'frontend-shared/routing'
import type { Reason } from './parts/reasons.ts'
import type { InsightSort } from './api/insightSorts.ts'

/** Search parameters of the ticket list. */
export interface TicketsSearch {
  q?: string | undefined
  status?: Status[] | undefined
  priority?: Priority[] | undefined
  category?: TicketCategory[] | undefined
  /** An id, `me` or `none`. */
  assignee?: string | undefined
  requester?: string | undefined
  organization?: string | undefined
  service?: string | undefined
  /** Days in the reader's zone, both included. */
  created_from?: string | undefined
  created_to?: string | undefined
  answered_from?: string | undefined
  answered_to?: string | undefined
  resolved_from?: string | undefined
  resolved_to?: string | undefined
  /** Whose customer waits for an answer. */
  waiting?: 'true' | undefined
  /** Whose customer undid the resolution. */
  reopened?: 'true' | undefined
  /** Orders of a service. */
  ordered?: 'true' | undefined
  sort?: '-updated_at' | 'updated_at' | '-created_at' | 'created_at' | 'waiting_since' | undefined
}

export interface HomeSearch {
  /** How many days the volume has. */
  days?: '30' | undefined
}

export interface TicketSearch {
  tab?: 'history' | undefined
}

export interface NewTicketSearch {
  requester?: string | undefined
}

export interface ServiceSearch {
  tab?: 'form' | undefined
}

export interface ServicesSearch {
  q?: string | undefined
  category?: string | undefined
  status?: ServiceStatus[] | undefined
}

export interface CategoriesSearch {
  kind?: 'article' | undefined
}

export interface ArticlesSearch {
  q?: string | undefined
  category?: string | undefined
  tag?: string | undefined
  status?: ArticleStatus[] | undefined
  /** Those that votes speak against first; last touched first without. */
  sort?: '-unhelpfulness' | undefined
}

export interface NewArticleSearch {
  /** What it is to be called. */
  title?: string | undefined
  /** The ticket it is made from. */
  ticket?: string | undefined
}

export interface EmptySearchesSearch {
  sort?: '-last_at' | undefined
  dismissed?: 'true' | undefined
}

export interface ArticleHistorySearch {
  /** The revision looked at; the newest without. */
  n?: string | undefined
  /** The one it is compared with; the one before it without. */
  with?: string | undefined
}

export interface FeedbackSearch {
  /** The figures, unless one of the lists behind them is asked for. */
  view?: 'ratings' | 'resolutions' | undefined
  /** The last 30 days, unless another one or own days are asked for. */
  period?: 'today' | '7d' | '30d' | '90d' | '12m' | 'all' | undefined
  customer?: string | undefined
  /** Days in the reader's zone, both included. */
  from?: string | undefined
  to?: string | undefined
  score?: ('1' | '2' | '3' | '4' | '5')[] | undefined
  /** An id or `none`. */
  assignee?: string | undefined
  service?: string | undefined
  reason?: Reason | undefined
  seen?: 'true' | 'false' | undefined
  rated?: 'true' | 'false' | undefined
  reopened?: 'true' | 'false' | undefined
}

export interface InsightsSearch {
  q?: string | undefined
  organization?: string | undefined
  sort?: InsightSort | undefined
}

export interface UsersSearch {
  tab?: 'organizations' | undefined
  q?: string | undefined
  role?: ('customer' | 'agent' | 'admin')[] | undefined
  active?: 'true' | 'false' | undefined
  organization?: string | undefined
  sort?: '-created_at' | 'created_at' | '-last_seen_at' | undefined
}

export interface OrganizationSearch {
  q?: string | undefined
  role?: 'member' | 'manager' | undefined
}

export interface AuditSearch {
  actor?: string | undefined
  action?: string[] | undefined
  subject?: string | undefined
  /** Days in the reader's zone, both included. */
  from?: string | undefined
  to?: string | undefined
}

export interface WebhookSearch {
  /** How the deliveries listed stand. */
  status?: 'waiting' | 'delivered' | 'failed' | undefined
  /** The type of their events. */
  event?: string | undefined
  /** The one that is looked at. */
  delivery?: string | undefined
}

export interface SignInSearch {
  next?: string | undefined
  notice?: 'password' | undefined
}

const part = encodeURIComponent

const feedback = (search: FeedbackSearch = {}) => `/feedback${writeSearch(search)}`

/** Every address of the portal. Pages link through these only. */
export const paths = {
  signIn: (search: SignInSearch = {}) => `/sign-in${writeSearch(search)}`,
  setPassword: () => '/set-password',
  home: (search: HomeSearch = {}) => `/portal${writeSearch(search)}`,
  forgotPassword: () => '/forgot-password',
  profile: () => '/profile',
  tickets: (search: TicketsSearch = {}) => `/tickets${writeSearch(search)}`,
  newTicket: (search: NewTicketSearch = {}) => `/tickets/new${writeSearch(search)}`,
  /** By number ("TKT-12") or id. */
  ticket: (ticket: string) => `/tickets/${part(ticket)}`,
  services: (search: ServicesSearch = {}) => `/services${writeSearch(search)}`,
  newService: () => '/services/new',
  service: (id: string) => `/services/${part(id)}`,
  categories: (search: CategoriesSearch = {}) => `/categories${writeSearch(search)}`,
  articles: (search: ArticlesSearch = {}) => `/knowledge-base${writeSearch(search)}`,
  newArticle: (search: NewArticleSearch = {}) => `/knowledge-base/new${writeSearch(search)}`,
  emptySearches: (search: EmptySearchesSearch = {}) => `/knowledge-base/missing${writeSearch(search)}`,
  article: (id: string) => `/knowledge-base/${part(id)}`,
  articleHistory: (id: string, search: ArticleHistorySearch = {}) =>
    `/knowledge-base/${part(id)}/history${writeSearch(search)}`,
  feedback,
  /** Low scores that nobody has looked at, of all times. */
  lowScores: () => feedback({ view: 'ratings', period: 'all', score: ['1', '2'], seen: 'false' }),
  insights: (search: InsightsSearch = {}) => `/customers${writeSearch(search)}`,
  insight: (customer: string) => `/customers/${part(customer)}`,
  users: (search: UsersSearch = {}) => `/users${writeSearch(search)}`,
  newUser: () => '/users/new',
  importUsers: () => '/users/import',
  user: (id: string) => `/users/${part(id)}`,
  settings: () => '/settings',
  integrations: () => '/integrations',
  apiKeys: () => '/integrations/keys',
  webhooks: () => '/integrations/webhooks',
  webhook: (id: string, search: WebhookSearch = {}) =>
    `/integrations/webhooks/${part(id)}${writeSearch(search)}`,
  passwordRequests: () => '/users/password-requests',
  audit: (search: AuditSearch = {}) => `/users/audit${writeSearch(search)}`,
  organization: (id: string) => `/users/organizations/${part(id)}`,
}

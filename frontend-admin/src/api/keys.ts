import type { Paging } from 'frontend-shared/api'

/** Query keys: the first word is the kind, so that one key reaches all queries of a kind. */
export const keys = {
  tickets: (filters?: object) => (filters ? ['tickets', 'list', filters] : ['tickets']),
  ticketLists: () => ['tickets', 'list'],
  ticketCounts: (filters?: object) => ['tickets', 'counts', ...(filters ? [filters] : [])],
  ticket: (ticket: string) => ['tickets', 'one', ticket],
  messages: (ticket: string) => ['tickets', 'messages', ticket],
  history: (ticket: string) => ['tickets', 'history', ticket],
  services: (filters?: object) => (filters ? ['services', 'list', filters] : ['services']),
  service: (id: string) => ['services', 'one', id],
  articles: (filters?: object) => (filters ? ['articles', 'list', filters] : ['articles']),
  article: (id: string) => ['articles', 'one', id],
  articleContext: (id: string) => ['articles', 'context', id],
  articleDraft: (ticket: string) => ['articles', 'draft', ticket],
  emptySearches: (filters?: object) => (filters ? ['emptySearches', filters] : ['emptySearches']),
  categories: (kind?: string) => (kind ? ['categories', kind] : ['categories']),
  revisions: (id: string) => ['articles', 'revisions', id, 'list'],
  revision: (id: string, n: number) => ['articles', 'revisions', id, n],
  feedback: (filters?: object) => (filters ? ['feedback', 'list', filters] : ['feedback']),
  feedbackSummary: (period: object) => ['feedback', 'summary', period],
  resolutions: (filters: object) => ['feedback', 'resolutions', filters],
  dashboard: (query?: object) => (query ? ['dashboard', query] : ['dashboard']),
  insights: (filters?: object) => (filters ? ['insights', 'list', filters] : ['insights']),
  insight: (customer: string) => ['insights', 'one', customer],
  activity: (customer: string) => ['insights', 'activity', customer],
  users: (filters?: object) => (filters ? ['users', 'list', filters] : ['users']),
  user: (id: string) => ['users', 'one', id],
  userSessions: (id: string) => ['users', 'sessions', id],
  passwordLinks: (id: string) => ['users', 'links', id],
  organizations: (filters?: object) => (filters ? ['organizations', 'list', filters] : ['organizations']),
  settings: () => ['settings'],
  apiKeys: () => ['api-keys'],
  passwordRequests: () => ['password-requests'],
  organization: (id: string) => ['organizations', 'one', id],
  audit: (filters?: object) => (filters ? ['audit', 'list', filters] : ['audit']),
  preview: (body: string) => ['preview', body],
}

/** Rows a list reads at a time. */
export const PAGE = { limit: 50 } as const satisfies Paging

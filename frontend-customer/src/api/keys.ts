/** Query keys: the first word is the kind, so that one key reaches all queries of a kind. */
export const keys = {
  tickets: () => ['tickets'],
  /** Without filters: every list of tickets. */
  ticketLists: (filters?: object) => (filters ? ['tickets', 'list', filters] : ['tickets', 'list']),
  ticket: (ticket: string) => ['tickets', 'one', ticket],
  messages: (ticket: string) => ['tickets', 'messages', ticket],
  ratingReasons: () => ['rating-reasons'],
  services: () => ['services'],
  serviceLists: (filters?: object) => (filters ? ['services', 'list', filters] : ['services', 'list']),
  service: (id: string) => ['services', 'one', id],
  articles: () => ['articles'],
  articleLists: (filters?: object) => (filters ? ['articles', 'list', filters] : ['articles', 'list']),
  article: (slug: string) => ['articles', 'one', slug],
  publicArticle: (slug: string) => ['articles', 'public', slug],
}

/** Query keys: the first word is the kind, so that one key reaches all queries of a kind. */
export const keys = {
  tickets: (filters?: object) => (filters ? ['tickets', 'list', filters] : ['tickets']),
  ticket: (ticket: string) => ['tickets', 'one', ticket],
  messages: (ticket: string) => ['tickets', 'messages', ticket],
  services: (filters?: object) => (filters ? ['services', 'list', filters] : ['services']),
  service: (id: string) => ['services', 'one', id],
  articles: (filters?: object) => (filters ? ['articles', 'list', filters] : ['articles']),
  article: (slug: string) => ['articles', 'one', slug],
}

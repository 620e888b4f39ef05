import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type VoteReason } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'

export interface ArticleFilters {
  q?: string | undefined
  category?: string | undefined
  tag?: string | undefined
  limit?: number
}

export const articlesQuery = ({ q, category, tag, limit = 24 }: ArticleFilters) =>
  pagedQuery(keys.articleLists({ q, category, tag, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/customer/knowledge-base', {
        params: {
          query: { limit, q, category, tag, cursor },
        },
        signal,
      }),
    ),
  )

/** An article by its slug; an old slug answers with the article at its new one. */
export const articleQuery = (slug: string) =>
  queryOptions({
    queryKey: keys.article(slug),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/customer/knowledge-base/{slug}', { params: { path: { slug } }, signal })),
  })

export const voteOn = (slug: string, vote: { helpful: boolean; reasons?: VoteReason[] }) =>
  unwrap(api.POST('/api/customer/knowledge-base/{slug}/vote', { params: { path: { slug } }, body: vote }))

/** Tells authors that readers looked for something in vain; nobody waits for it, nothing names the reader. */
export const reportEmptySearch = (q: string) =>
  unwrap(api.POST('/api/customer/empty-searches', { body: { q } })).catch(() => undefined)

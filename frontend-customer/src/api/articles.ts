import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type CustomerArticleDetail, type VoteReason } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'

export interface ArticleFilters {
  q?: string | undefined
  category?: string | undefined
  tag?: string | undefined
  limit?: number
}

/** The public articles, for whoever is not signed in. */
export const publicArticlesQuery = ({ q, category, tag, limit = 24 }: ArticleFilters) =>
  pagedQuery(keys.articleLists({ q, category, tag, limit, guest: true }), (cursor, signal) =>
    unwrap(
      api.GET('/knowledge-base-articles', { params: { query: { limit, q, category, tag, cursor } }, signal }),
    ),
  )

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

/** An article by its slug; an old slug answers with the article at its new one. Guests have no vote. */
export const articleQuery = (slug: string, isGuest = false) =>
  queryOptions({
    queryKey: isGuest ? keys.publicArticle(slug) : keys.article(slug),
    queryFn: async ({ signal }): Promise<CustomerArticleDetail> => {
      const params = { path: { slug } }
      if (!isGuest) return unwrap(api.GET('/api/customer/knowledge-base/{slug}', { params, signal }))
      const article = await unwrap(api.GET('/knowledge-base-articles/{slug}', { params, signal }))
      return { ...article, my_vote: null, my_reasons: [] }
    },
  })

/** A vote in place of the one before: "yes" and then "no" are two calls. */
export const voteOn = (slug: string, vote: { helpful: boolean; reasons?: VoteReason[] }) =>
  unwrap(api.POST('/api/customer/knowledge-base/{slug}/vote', { params: { path: { slug } }, body: vote }))

/** Tells authors that readers looked for something in vain; nobody waits for it, nothing names the reader. */
export const reportEmptySearch = (q: string) =>
  unwrap(api.POST('/api/customer/empty-searches', { body: { q } })).catch(() => undefined)

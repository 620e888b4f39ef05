import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap } from 'frontend-shared/api'
import type { ArticlesSearch, EmptySearchesSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'

interface ArticleFilters extends ArticlesSearch {
  /** Those written from a ticket, by its id. */
  ticket?: string
}

export const articlesQuery = ({ status, sort, ...search }: ArticleFilters, limit: number = PAGE.limit) =>
  pagedQuery(keys.articles({ ...search, status, sort, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/knowledge-base', {
        params: {
          // What a search finds is in an order of its own.
          query: { ...search, sort: search.q ? undefined : sort, status: status?.join(','), limit, cursor },
        },
        signal,
      }),
    ),
  )

export const articleQuery = (id: string) =>
  queryOptions({
    queryKey: keys.article(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/knowledge-base/{id}', { params: { path: { id } }, signal })),
  })

/** Old addresses, and what readers are offered besides. */
export const articleContextQuery = (id: string) =>
  queryOptions({
    queryKey: keys.articleContext(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/knowledge-base/{id}/context', { params: { path: { id } }, signal })),
  })

/** What an article could begin as, made of a ticket; read anew each time it is wanted. */
export const articleDraftQuery = (ticket: string) =>
  queryOptions({
    queryKey: keys.articleDraft(ticket),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/tickets/{id}/article-draft', { params: { path: { id: ticket } }, signal })),
    gcTime: 0,
  })

export const emptySearchesQuery = ({ sort, dismissed }: EmptySearchesSearch) =>
  pagedQuery(keys.emptySearches({ sort, dismissed }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/empty-searches', {
        params: { query: { sort, dismissed: dismissed === 'true' || undefined, limit: PAGE.limit, cursor } },
        signal,
      }),
    ),
  )

/** Sets words aside, or takes them up again. */
export const dismissEmptySearch = (id: string, dismissed: boolean) => {
  const params = { path: { id } }
  return unwrap(
    dismissed
      ? api.POST('/api/admin/empty-searches/{id}/dismiss', { params })
      : api.POST('/api/admin/empty-searches/{id}/take-up', { params }),
  )
}

/** Newest first, with their texts. */
export const revisionsQuery = (id: string) =>
  pagedQuery(keys.revisions(id), async (cursor, signal) => {
    const page = await unwrap(
      api.GET('/api/admin/knowledge-base/{id}/revisions', {
        params: { path: { id }, query: { cursor } },
        signal,
      }),
    )
    return { ...page, items: page.items.map((revision) => ({ ...revision, id: String(revision.n) })) }
  })

export const revisionQuery = (id: string, n: number) =>
  queryOptions({
    queryKey: keys.revision(id, n),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/admin/knowledge-base/{id}/revisions/{n}', { params: { path: { id, n } }, signal }),
      ),
  })

/** Markdown as readers will see it; the last rendering stays until the next is there. */
export const previewQuery = (body: string) =>
  queryOptions({
    queryKey: keys.preview(body),
    queryFn: ({ signal }) => unwrap(api.POST('/api/admin/markdown/preview', { body: { body }, signal })),
    staleTime: Infinity,
    gcTime: 60_000,
    placeholderData: keepPreviousData,
  })

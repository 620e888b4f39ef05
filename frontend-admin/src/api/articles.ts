import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap } from 'frontend-shared/api'
import type { ArticlesSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'

export const articlesQuery = ({ status, ...search }: ArticlesSearch, limit: number = PAGE.limit) =>
  pagedQuery(keys.articles({ ...search, status, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/knowledge-base', {
        params: { query: { ...search, status: status?.join(','), limit, cursor } },
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

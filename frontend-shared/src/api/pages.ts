import { infiniteQueryOptions, type QueryKey } from '@tanstack/react-query'
import type { Page } from './types.ts'

/**
 * Query options for a keyset list, for `useInfiniteQuery` and `<DataList>`:
 * `pagedQuery(keys.tickets(filters), (cursor) => unwrap(api.GET(…{ ...filters, cursor })))`.
 */
export function pagedQuery<P extends Page<unknown>>(
  queryKey: QueryKey,
  fetchPage: (cursor: string | undefined, signal: AbortSignal) => Promise<P>,
) {
  return infiniteQueryOptions({
    queryKey,
    queryFn: ({ pageParam, signal }) => fetchPage(pageParam, signal),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (last: P) => last.next_cursor ?? undefined,
  })
}

/** All rows of the pages read so far; a row that moved between pages is kept once. */
export function rowsOf<T extends { id: string }>(data: { pages: Page<T>[] } | undefined): T[] {
  const seen = new Map<string, T>()
  for (const page of data?.pages ?? []) for (const row of page.items) seen.set(row.id, row)
  return [...seen.values()]
}

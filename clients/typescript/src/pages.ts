/** One page of a list. */
export interface Page<T> {
  items: T[]
  /** Where the next page begins; null after the last one. */
  next_cursor: string | null
}

/**
 * Reads a list to its end, one page after the other, as fast as its rows are taken:
 * `for await (const ticket of readAll((cursor) => unwrap(api.GET(…, { …, cursor }))))`.
 */
export async function* readAll<T>(
  fetchPage: (cursor: string | undefined) => Promise<{ items: T[]; next_cursor?: string | null }>,
): AsyncGenerator<T, void> {
  let cursor: string | undefined
  do {
    const page = await fetchPage(cursor)
    yield* page.items
    cursor = page.next_cursor ?? undefined
  } while (cursor !== undefined)
}

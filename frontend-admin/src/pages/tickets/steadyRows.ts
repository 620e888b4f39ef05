interface Row {
  id: string
  updated_at: string
}

export interface Held<T> {
  /** Which list: other filters, another sort, one more page. */
  list: string
  rows: T[]
  /** Ids that came in last, to be pointed out for a moment. */
  arrived: ReadonlySet<string>
}

/** What a list shows: the rows held, each as fresh as known, and those that have left. */
export function rowsToShow<T extends Row>(held: Held<T>, fresh: T[]): { row: T; gone: boolean }[] {
  const byId = new Map(fresh.map((row) => [row.id, row]))
  return held.rows.map((row) => {
    const now = byId.get(row.id)
    return now ? { row: now, gone: false } : { row, gone: true }
  })
}

/** How many rows came, left or moved since the order was held; 0 when it still holds. */
export function countUpdates<T extends Row>(held: Held<T>, fresh: T[]): number {
  const before = new Map(held.rows.map((row) => [row.id, row]))
  const after = new Set(fresh.map((row) => row.id))
  const came = fresh.filter((row) => !before.has(row.id)).length
  const left = held.rows.filter((row) => !after.has(row.id)).length
  const stayed = fresh.filter((row) => before.has(row.id))
  const orderBefore = held.rows.filter((row) => after.has(row.id))
  const moved = stayed.some((row, index) => row.id !== orderBefore[index]?.id)
  const touched = stayed.filter((row) => row.updated_at !== before.get(row.id)?.updated_at).length
  // A full page pushes its last row out for each one that comes in: that is one update.
  return Math.max(came, left) + (moved ? Math.max(1, touched) : 0)
}

/** Takes the fresh order over. */
export function hold<T extends Row>(held: Held<T> | null, list: string, fresh: T[]): Held<T> {
  const known = held?.list === list ? new Set(held.rows.map((row) => row.id)) : null
  return {
    list,
    rows: fresh,
    arrived: new Set(known ? fresh.filter((row) => !known.has(row.id)).map((row) => row.id) : []),
  }
}

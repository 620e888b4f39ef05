import type { TicketsSearch } from '../../paths.ts'

interface LastList {
  search: TicketsSearch
  numbers: string[]
}

/* Which list a ticket was opened from, so that its page can lead back and on to the next. */
let last: LastList = { search: {}, numbers: [] }

export function rememberList(search: TicketsSearch, numbers: string[]): void {
  last = { search, numbers }
}

export function lastSearch(): TicketsSearch {
  return last.search
}

/** The tickets before and after one in the list it was opened from. */
export function neighbours(number: string | undefined): { previous?: string; next?: string } {
  const index = number === undefined ? -1 : last.numbers.indexOf(number)
  if (index < 0) return {}
  const previous = last.numbers[index - 1]
  const next = last.numbers[index + 1]
  return { ...(previous && { previous }), ...(next && { next }) }
}

import { queryOptions } from '@tanstack/react-query'
import { unwrap, type CustomerArticle } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'

const OFFERED = 5
const WORDS_TRIED = 4
const WORD_MIN = 3

/**
 * Up to five articles that may answer a ticket's subject. A search wants all of its words,
 * and subjects are sentences: when the whole finds nothing, its longest words are tried one
 * by one, and what most of them find comes first.
 */
export const suggestionsQuery = (subject: string) =>
  queryOptions({
    queryKey: keys.articleLists({ suggested_for: subject }),
    queryFn: async ({ signal }) => {
      const whole = await search(subject, signal)
      if (whole.length > 0) return whole
      const words = wordsToTry(subject)
      if (words.length < 2) return []
      return mostFound(await Promise.all(words.map((word) => search(word, signal)))).slice(0, OFFERED)
    },
  })

async function search(q: string, signal: AbortSignal): Promise<CustomerArticle[]> {
  const query = { q, limit: OFFERED }
  const page = await unwrap(api.GET('/api/customer/knowledge-base', { params: { query }, signal }))
  return page.items
}

/** The longest different words of a text, the longest first. */
export function wordsToTry(text: string): string[] {
  const words = text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []
  return [...new Set(words)]
    .filter((word) => word.length >= WORD_MIN)
    .toSorted((a, b) => b.length - a.length)
    .slice(0, WORDS_TRIED)
}

/** What is in most of the lists first; what is in equally many stays in order. */
export function mostFound<T extends { id: string }>(lists: T[][]): T[] {
  const found = new Map<string, { item: T; times: number }>()
  for (const item of lists.flat()) {
    found.set(item.id, { item, times: (found.get(item.id)?.times ?? 0) + 1 })
  }
  return [...found.values()].toSorted((a, b) => b.times - a.times).map(({ item }) => item)
}

import { useEffect } from 'react'
import { reportEmptySearch } from '../api/articles.ts'

/** Whoever still looks at an empty result after this time has ended their search. */
const ENDED_MS = 3000

/** What was reported from this tab: looking at it again is no other search. */
const reported = new Set<string>()

/**
 * Tells authors of a search that has ended without an article: not of what is still being typed, and
 * of the same words only once.
 */
export function useEmptySearch(q: string | undefined, empty: boolean): void {
  useEffect(() => {
    const words = q?.trim().toLowerCase() ?? ''
    if (!empty || words === '' || reported.has(words)) return
    const report = () => {
      reported.add(words)
      void reportEmptySearch(words)
    }
    const timer = setTimeout(report, ENDED_MS)
    return () => clearTimeout(timer)
  }, [q, empty])
}

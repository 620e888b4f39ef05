import { cleanup, renderHook } from '@testing-library/react'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'

const report = vi.hoisted(() => vi.fn((_q: string) => Promise.resolve()))
vi.mock('../api/articles.ts', () => ({ reportEmptySearch: report }))
const { useEmptySearch } = await import('./useEmptySearch.ts')

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  vi.useRealTimers()
  cleanup()
})

it('reports a search that has ended, once, and nothing of what is typed on the way', () => {
  const { rerender } = renderHook(({ q, empty }) => useEmptySearch(q, empty), {
    initialProps: { q: 'gu', empty: true },
  })
  const show = (q: string, empty: boolean, then: number) => {
    rerender({ q, empty })
    vi.advanceTimersByTime(then)
  }
  show('gu', true, 400)
  show('guest', true, 400)
  show('guest wifi', true, 5000)
  show('password', false, 5000)
  show('Guest WiFi', true, 5000)
  expect(report.mock.calls).toEqual([['guest wifi']])
})

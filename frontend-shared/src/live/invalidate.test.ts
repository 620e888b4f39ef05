import { QueryClient } from '@tanstack/react-query'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { Invalidator } from './invalidate.ts'

describe('Invalidator', () => {
  beforeEach(() => void vi.useFakeTimers())
  afterEach(() => void vi.useRealTimers())

  it('shows one event at once and gathers a burst', () => {
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
    const invalidator = new Invalidator(client)
    invalidator.add([['tickets'], ['tickets'], ['feedback']])
    vi.advanceTimersByTime(10)
    expect(invalidate).toHaveBeenCalledTimes(2)
    for (let i = 0; i < 100; i++) invalidator.add([['tickets']])
    vi.advanceTimersByTime(100)
    expect(invalidate).toHaveBeenCalledTimes(2)
    vi.advanceTimersByTime(600)
    expect(invalidate).toHaveBeenCalledTimes(3)
  })

  it('shows events at once that come half a second apart', () => {
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
    const invalidator = new Invalidator(client)
    for (let n = 1; n <= 10; n++) {
      invalidator.add([['tickets']])
      vi.advanceTimersByTime(10)
      expect(invalidate).toHaveBeenCalledTimes(n)
      vi.advanceTimersByTime(490)
    }
  })

  it('fetches about once a second while events keep coming, and at once again after a rest', () => {
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
    const invalidator = new Invalidator(client)
    for (let n = 0; n < 1000; n++) {
      invalidator.add([['tickets']])
      vi.advanceTimersByTime(10)
    }
    const calls = invalidate.mock.calls.length
    expect(calls).toBeGreaterThanOrEqual(10)
    expect(calls).toBeLessThanOrEqual(13)
    vi.advanceTimersByTime(3000)
    const before = invalidate.mock.calls.length
    invalidator.add([['tickets']])
    vi.advanceTimersByTime(10)
    expect(invalidate.mock.calls.length).toBe(before + 1)
  })

  it('takes "everything" for all keys', () => {
    const client = new QueryClient()
    const invalidate = vi.spyOn(client, 'invalidateQueries').mockResolvedValue()
    const invalidator = new Invalidator(client)
    invalidator.add([['tickets']])
    invalidator.addAll()
    vi.advanceTimersByTime(100)
    expect(invalidate.mock.calls).toEqual([[{}]])
  })
})

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

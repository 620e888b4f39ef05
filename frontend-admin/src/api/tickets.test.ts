import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { queryClient } from '../portal.ts'
import { auditQuery } from './audit.ts'
import { countsQuery, ticketsQuery } from './tickets.ts'

const asked: URL[] = []
const day = '2026-03-29'

beforeEach(() => {
  vi.stubGlobal('fetch', (request: Request) => {
    asked.push(new URL(request.url))
    return Promise.resolve(Response.json({ items: [], next_cursor: null }))
  })
})

afterEach(() => {
  asked.length = 0
  queryClient.clear()
})

describe('days in an address', () => {
  it('are sent as the moments between which they lie in the zone given', async () => {
    const days = { created_from: day, created_to: day }
    await queryClient.fetchInfiniteQuery(ticketsQuery(days, 'Europe/Berlin'))
    await queryClient.fetchQuery(countsQuery(days, 'Europe/Berlin'))
    expect(asked).toHaveLength(2)
    for (const { searchParams } of asked) {
      // The clocks go forward on this day: it has 23 hours.
      expect(searchParams.get('created_from')).toBe('2026-03-28T23:00:00.000Z')
      expect(searchParams.get('created_to')).toBe('2026-03-29T22:00:00.000Z')
      expect(searchParams.has('resolved_from')).toBe(false)
    }
  })

  it('are another list in another zone', () => {
    const keyIn = (zone: string) => ticketsQuery({ resolved_to: day }, zone).queryKey
    expect(keyIn('Europe/Berlin')).toEqual(keyIn('Europe/Berlin'))
    expect(keyIn('Europe/Berlin')).not.toEqual(keyIn('America/New_York'))
    const auditIn = (zone: string) => auditQuery({ from: day }, zone).queryKey
    expect(auditIn('Europe/Berlin')).not.toEqual(auditIn('America/New_York'))
  })
})

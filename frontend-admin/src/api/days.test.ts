import { describe, expect, it } from 'vitest'
import { addDays, dayBegins, dayOf } from './days.ts'

describe('days of a zone', () => {
  it('begin at its midnight, also around changes of the clocks', () => {
    expect(dayBegins('2026-05-01', 'UTC')).toBe('2026-05-01T00:00:00.000Z')
    expect(dayBegins('2026-05-01', 'Asia/Kolkata')).toBe('2026-04-30T18:30:00.000Z')
    expect(dayBegins('2026-03-29', 'Europe/Berlin')).toBe('2026-03-28T23:00:00.000Z')
    expect(dayBegins('2026-03-30', 'Europe/Berlin')).toBe('2026-03-29T22:00:00.000Z')
    expect(dayBegins('2026-11-02', 'America/New_York')).toBe('2026-11-02T05:00:00.000Z')
  })

  it('begin at one where the clocks leave midnight out, and at the first of two midnights', () => {
    expect(dayBegins('2024-04-26', 'Africa/Cairo')).toBe('2024-04-25T22:00:00.000Z')
    expect(dayBegins('2024-11-03', 'America/Havana')).toBe('2024-11-03T04:00:00.000Z')
  })

  it('are counted on the calendar', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(dayOf(new Date('2026-11-22T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-23')
    expect(dayOf(new Date('2026-11-22T23:30:00Z'), 'America/New_York')).toBe('2026-11-22')
  })
})

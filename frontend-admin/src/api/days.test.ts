import { describe, expect, it } from 'vitest'
import { addDays, day, dayBegins, dayEnds, dayOf, lastDayOf, momentsOf } from './days.ts'

const hours = (value: string, zone: string) =>
  (Date.parse(dayEnds(value, zone)) - Date.parse(dayBegins(value, zone))) / 3_600_000

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

  it('end where the next one begins, and are an hour shorter or longer as the clocks change', () => {
    expect(dayEnds('2024-04-25', 'Africa/Cairo')).toBe(dayBegins('2024-04-26', 'Africa/Cairo'))
    expect(hours('2026-05-01', 'Europe/Berlin')).toBe(24)
    expect(hours('2026-03-29', 'Europe/Berlin')).toBe(23)
    expect(hours('2026-10-25', 'Europe/Berlin')).toBe(25)
    expect(hours('2024-04-26', 'Africa/Cairo')).toBe(23)
  })

  it('are known also while their year is being typed', () => {
    expect(dayBegins('0020-11-24', 'UTC')).toBe('0020-11-24T00:00:00.000Z')
    expect(dayOf(new Date(dayBegins('0002-11-24', 'Asia/Tokyo')), 'Asia/Tokyo')).toBe('0002-11-24')
    expect(dayEnds('9999-12-31', 'UTC')).toBe('+010000-01-01T00:00:00.000Z')
  })

  it('are counted on the calendar', () => {
    expect(addDays('2026-02-28', 1)).toBe('2026-03-01')
    expect(addDays('2026-01-01', -1)).toBe('2025-12-31')
    expect(dayOf(new Date('2026-11-22T23:30:00Z'), 'Europe/Berlin')).toBe('2026-11-23')
    expect(dayOf(new Date('2026-11-22T23:30:00Z'), 'America/New_York')).toBe('2026-11-22')
  })

  it('come back out of the moments they are made of', () => {
    for (const zone of ['UTC', 'Europe/Berlin', 'Africa/Cairo', 'America/Havana', 'Pacific/Chatham']) {
      for (let value = '2024-01-01'; value < '2025-01-01'; value = addDays(value, 1)) {
        const { from = '', to = '' } = momentsOf(value, value, zone)
        expect([dayOf(new Date(from), zone), lastDayOf(to, zone)]).toEqual([value, value])
      }
    }
  })

  it('may be missing on either side of a period', () => {
    expect(momentsOf(undefined, '2026-05-01', 'UTC')).toEqual({ to: '2026-05-02T00:00:00.000Z' })
    expect(momentsOf('2026-05-01', undefined, 'UTC')).toEqual({ from: '2026-05-01T00:00:00.000Z' })
  })
})

describe('a day in an address', () => {
  it('is one of the calendar', () => {
    expect(day('2024-02-29')).toBe('2024-02-29')
    for (const none of ['2026-02-30', '2026-13-01', '2026-1-1', 'today', '', undefined, 7]) {
      expect(day(none)).toBeUndefined()
    }
  })
})

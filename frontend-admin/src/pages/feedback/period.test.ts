import { describe, expect, it } from 'vitest'
import { periodOf } from './period.ts'

const zone = 'Europe/Berlin'

describe('the period of an address', () => {
  it('is thirty days with today unless something else is asked for', () => {
    const period = periodOf({}, '2026-11-24', zone)
    expect(period).toMatchObject({ preset: '30d', first: '2026-10-26', last: '2026-11-24' })
    expect(period.moments).toEqual({ from: '2026-10-25T23:00:00.000Z', to: '2026-11-24T23:00:00.000Z' })
    expect(periodOf({ customer: 'c' }, '2026-11-24', zone).preset).toBe('all')
    expect(periodOf({ period: 'today' }, '2026-11-24', zone).first).toBe('2026-11-24')
  })

  it('is of own days, both included, also when they are turned round', () => {
    const own = periodOf({ from: '2026-03-29', to: '2026-03-29' }, '2026-11-24', zone)
    expect(own.preset).toBe('own')
    expect(own.moments).toEqual({ from: '2026-03-28T23:00:00.000Z', to: '2026-03-29T22:00:00.000Z' })
    const turned = periodOf({ from: '2026-03-05', to: '2026-03-01' }, '2026-11-24', zone)
    expect([turned.first, turned.last]).toEqual(['2026-03-01', '2026-03-05'])
  })

  it('may be open at one end', () => {
    expect(periodOf({ from: '2026-03-05' }, '2026-11-24', zone).last).toBe('2026-11-24')
    expect(periodOf({ to: '2026-03-05' }, '2026-11-24', zone).first).toBe('2000-01-02')
  })

  it('stays within what the server knows, in every zone, also while a year is being typed', () => {
    for (const place of ['Pacific/Kiritimati', 'UTC', 'Pacific/Pago_Pago']) {
      for (const search of [{ period: 'all' }, { from: '0002-11-24' }, { to: '9999-12-31' }] as const) {
        const { from = '', to = '' } = periodOf(search, '2026-11-24', place).moments
        expect(Date.parse(from)).toBeGreaterThanOrEqual(Date.parse('2000-01-01T00:00:00Z'))
        expect(Date.parse(to)).toBeLessThanOrEqual(Date.parse('2100-01-01T00:00:00Z'))
        expect(from < to).toBe(true)
      }
    }
  })
})

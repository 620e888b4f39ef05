import { describe, expect, it } from 'vitest'
import { fromMinor, toMinor } from './money.ts'

describe('minor units', () => {
  it('follow the currency', () => {
    expect(toMinor(19.99, 'EUR')).toBe(1999)
    expect(toMinor(1500, 'JPY')).toBe(1500)
    expect(toMinor(1.005, 'KWD')).toBe(1005)
    expect(fromMinor(1999, 'EUR')).toBe(19.99)
    expect(fromMinor(1500, 'JPY')).toBe(1500)
  })

  it('do not drift through binary fractions', () => {
    expect(toMinor(0.1 + 0.2, 'EUR')).toBe(30)
    expect(toMinor(4.35, 'EUR')).toBe(435)
  })
})

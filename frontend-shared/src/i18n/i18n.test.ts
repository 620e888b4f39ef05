import { describe, expect, it } from 'vitest'
import { makeFormats } from './formats.ts'
import { localeOf } from './locale.ts'
import { makeTranslate } from './translate.ts'

const catalog = {
  hello: 'Hello {name}',
  tickets: { one: '{count} ticket', other: '{count} tickets' },
} as const

describe('texts', () => {
  it('fill in parameters and choose plurals', () => {
    const t = makeTranslate<typeof catalog>(catalog, 'en')
    expect(t('hello', { name: 'Ana' })).toBe('Hello Ana')
    expect(t('tickets', { count: 1 })).toBe('1 ticket')
    expect(t('tickets', { count: 1200 })).toBe('1,200 tickets')
  })

  it('leave braces in values alone', () => {
    const t = makeTranslate<typeof catalog>(catalog, 'en')
    expect(t('hello', { name: '{name}' })).toBe('Hello {name}')
  })
})

describe('formats', () => {
  const formats = makeFormats(localeOf('en-GB', 'Asia/Tokyo'))

  it('write money from minor units, in the digits of its currency', () => {
    expect(formats.money(4900, 'EUR')).toBe('€49')
    expect(formats.money(4950, 'EUR')).toBe('€49.50')
    expect(formats.money(4900, 'JPY')).toBe('JP¥4,900')
  })

  it("write times in the reader's zone", () => {
    expect(formats.date('2026-11-21T20:00:00Z')).toBe('22 Nov 2026')
  })

  it('write how long ago, null for the last minute', () => {
    const now = Date.parse('2026-11-22T10:00:00Z')
    expect(formats.relative('2026-11-22T09:59:30Z', now)).toBeNull()
    expect(formats.relative('2026-11-22T09:15:00Z', now)).toBe('45 minutes ago')
    expect(formats.relative('2026-11-21T10:00:00Z', now)).toBe('yesterday')
  })

  it('fall back to the own zone on one that does not exist', () => {
    expect(localeOf('en', 'Mars/Olympus').timeZone).toBeUndefined()
    expect(localeOf('ar-EG').direction).toBe('rtl')
  })
})

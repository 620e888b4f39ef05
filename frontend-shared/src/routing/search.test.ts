import { describe, expect, it } from 'vitest'
import { safeNext } from '../portal/RequireSession.tsx'
import { oneOf, parseSearch, someOf, text, whole, writeSearch } from './search.ts'

describe('search parameters', () => {
  it('leave out what is empty and join lists', () => {
    expect(writeSearch({ q: '', status: ['new', 'open'], page: undefined, sort: '-created_at' })).toBe(
      '?status=new%2Copen&sort=-created_at',
    )
    expect(writeSearch({})).toBe('')
  })

  it('stay text when read, whatever they look like', () => {
    expect(parseSearch('?q=12&flag=true')).toEqual({ q: '12', flag: 'true' })
  })

  it('drop values that are not allowed', () => {
    expect(oneOf(['mine', 'organization'], 'all')).toBeUndefined()
    expect(someOf(['new', 'open'], 'open,evil')).toEqual(['open'])
    expect(someOf(['new', 'open'], ['new'])).toEqual(['new'])
    expect(someOf(['new'], 'evil')).toBeUndefined()
    expect(text('')).toBeUndefined()
    expect(whole('12')).toBe('12')
    for (const bad of ['0', '-1', '1.5', '1e3', '', undefined]) expect(whole(bad)).toBeUndefined()
  })
})

describe('safeNext', () => {
  it('lets nobody be sent to another site', () => {
    expect(safeNext('/tickets?q=a')).toBe('/tickets?q=a')
    for (const bad of ['//evil.example', '/\\evil.example', 'https://evil.example', 'javascript:x', 7]) {
      expect(safeNext(bad)).toBeUndefined()
    }
  })
})

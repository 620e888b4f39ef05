import { describe, expect, it } from 'vitest'
import { people, type T } from '../../i18n/people.ts'
import { detailWords } from './words.ts'

const t = ((key: keyof typeof people) => people[key]) as unknown as T

describe('what an audit row tells', () => {
  it('says the status of a service and the access of a person in their own words', () => {
    expect(detailWords(t, { status: { from: 'draft', to: 'active' } })).toEqual([
      { name: 'Status', value: 'Draft → Active' },
    ])
    expect(detailWords(t, { fields: ['active', 'role'] })).toEqual([
      { name: 'Fields', value: 'access, role' },
    ])
  })

  it('leaves out bare ids and keeps words it does not know', () => {
    const subject = '0190a8b0-0000-7000-8000-000000000000'
    expect(detailWords(t, { subject, new_code: 'one_more.word' })).toEqual([
      { name: 'new code', value: 'one more word' },
    ])
  })
})

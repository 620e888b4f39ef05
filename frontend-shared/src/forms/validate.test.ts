import { describe, expect, it } from 'vitest'
import type { Form } from '../api/types.ts'
import { en } from '../i18n/en.ts'
import { makeTranslate } from '../i18n/translate.ts'
import { answersOf, checkForm, initialValues } from './validate.ts'

const t = makeTranslate<typeof en>(en, 'en')

const form: Form = {
  fields: [
    { id: 'head', kind: 'section', label: 'You' },
    { id: 'seats', kind: 'number', label: 'Seats', required: true, min: 1, max: 50, default: 5 },
    { id: 'mail', kind: 'email', label: 'Contact' },
    { id: 'remote', kind: 'yes_no', label: 'Remote?', required: true },
    {
      id: 'city',
      kind: 'short_text',
      label: 'City',
      required: true,
      max: 5,
      visible_if: { all: [{ field: 'remote', op: 'eq', value: false }] },
    },
  ],
}

describe('service forms', () => {
  it('start with their defaults', () => {
    expect(initialValues(form)).toEqual({ seats: 5 })
  })

  it('say every error at once, and none of hidden fields', () => {
    expect(checkForm(form, { seats: 51, mail: 'no' }, t)).toEqual({
      seats: 'At most 50.',
      mail: en['field.email'],
      remote: en['field.choose_one'],
    })
    expect(checkForm(form, { seats: 1, remote: false, city: 'Berlin' }, t)).toEqual({
      city: 'At most 5 characters.',
    })
  })

  it('do not take what every object has for a value', () => {
    const odd: Form = { fields: [{ id: 'constructor', kind: 'short_text', label: 'Constructor' }] }
    expect(checkForm(odd, {}, t)).toEqual({})
    expect(answersOf(odd, {})).toEqual({})
  })

  it('say how many choices there may be', () => {
    const options = ['a', 'b', 'c'].map((value) => ({ value, label: value }))
    const kit: Form = {
      fields: [{ id: 'kit', kind: 'multi_select', label: 'Kit', options, min: 2, max: 2 }],
    }
    expect(checkForm(kit, { kit: ['a'] }, t)).toEqual({ kit: 'Choose at least 2.' })
    expect(checkForm(kit, { kit: ['a', 'b', 'c'] }, t)).toEqual({ kit: 'Choose at most 2.' })
  })

  it('send answers of shown fields only', () => {
    expect(answersOf(form, { seats: 2, mail: ' ', remote: true, city: 'Ulm', stale: 'x' })).toEqual({
      seats: 2,
      remote: true,
    })
  })
})

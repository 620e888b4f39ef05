import type { Form } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { duplicate, earlierFields, idsOf, newField, newFieldId, place } from './edit.ts'

const form: Form = {
  fields: [
    { id: 'a', kind: 'yes_no', label: 'A' },
    { id: 'n', kind: 'note', label: 'N' },
    { id: 'b', kind: 'short_text', label: 'B', visible_if: { all: [{ field: 'a', op: 'eq', value: true }] } },
  ],
}
const order = (of: Form) => of.fields.map((field) => field.id).join('')

describe('editing a form', () => {
  it('makes ids that the server takes and that are not taken', () => {
    const id = newFieldId(new Set())
    expect(id).toMatch(/^[a-z][a-z0-9_]{0,39}$/)
    expect(newFieldId(new Set([id]))).not.toBe(id)
  })

  it('moves fields, and not beyond the ends', () => {
    expect(order(place(form, 'b', 1))).toBe('abn')
    expect(order(place(form, 'b', 0))).toBe('ban')
    expect(order(place(form, 'a', -1))).toBe('anb')
    expect(order(place(form, 'b', 3))).toBe('anb')
    expect(order(place(form, 'zz', 0))).toBe('anb')
  })

  it('copies a field under an id of its own', () => {
    const copied = duplicate(form, 'b', 'c')
    expect(order(copied)).toBe('anbc')
    expect(copied.fields[3]).toEqual({ ...form.fields[2], id: 'c' })
    expect(idsOf(copied).size).toBe(4)
  })

  it('offers earlier fields with answers to conditions', () => {
    expect(earlierFields(form, 'b').map((field) => field.id)).toEqual(['a'])
    expect(earlierFields(form, 'a')).toEqual([])
  })

  it('gives choices to the kinds that need them', () => {
    expect(newField('select', 'x', 'X').options).toEqual([])
    expect(newField('date', 'x', 'X').options).toBeUndefined()
  })
})

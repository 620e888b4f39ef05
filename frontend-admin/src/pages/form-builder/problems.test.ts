import type { Condition, Form } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { place, putBack, remove } from './edit.ts'
import { problemOf, problemsOf } from './problems.ts'

const kind = {
  id: 'kind',
  kind: 'select',
  label: 'Kind',
  options: [{ value: 'laptop', label: 'Laptop' }],
} as const
const form: Form = {
  fields: [
    { ...kind, options: [...kind.options] },
    { id: 'seats', kind: 'number', label: 'Seats' },
    { id: 'text', kind: 'note', label: 'Read this' },
    {
      id: 'model',
      kind: 'short_text',
      label: 'Model',
      visible_if: { all: [{ field: 'kind', op: 'eq', value: 'laptop' }] },
    },
  ],
}
const problem = (condition: Condition, of: Form = form) => problemOf(of, 'model', condition)
const model = (of: Form) => of.fields.find(({ id }) => id === 'model')!

describe('what is wrong with a condition', () => {
  it('is nothing while it can hold', () => {
    expect(problemsOf(form, model(form))).toEqual([])
    expect(problem({ field: 'seats', op: 'gte', value: 5 })).toBeNull()
    expect(problem({ field: 'seats', op: 'answered' })).toBeNull()
  })

  it('names a field that was removed, until it is put back', () => {
    const removed = remove(form, 'kind')
    expect(model(removed).visible_if).toEqual(model(form).visible_if)
    expect(problemsOf(removed, model(removed))).toEqual(['removed'])
    expect(putBack(removed, form.fields[0]!, 0)).toEqual(form)
    expect(putBack(form, form.fields[0]!, 2)).toEqual(form)
  })

  it('names a field that stands later, until it is moved back', () => {
    const swapped = place(form, 'model', 0)
    expect(problemsOf(swapped, model(swapped))).toEqual(['later'])
    expect(problemsOf(place(swapped, 'model', 3), model(form))).toEqual([])
    expect(problem({ field: 'model', op: 'answered' })).toBe('later')
  })

  it('names what the field cannot answer', () => {
    expect(problem({ field: 'text', op: 'answered' })).toBe('silent')
    expect(problem({ field: 'kind', op: 'gt', value: 'laptop' })).toBe('op')
    expect(problem({ field: 'kind', op: 'eq', value: 'phone' })).toBe('choice')
    expect(problem({ field: 'kind', op: 'eq' })).toBe('value')
    expect(problem({ field: 'seats', op: 'eq', value: 'five' })).toBe('value')
  })
})

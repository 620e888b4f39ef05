import type { Form, FormField } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { formDiff } from './formDiff.ts'

const field = (id: string, more: Partial<FormField> = {}): FormField => ({
  id,
  kind: 'short_text',
  label: id.toUpperCase(),
  ...more,
})
const form = (...fields: FormField[]): Form => ({ fields })
const [a, b, c, d] = ['a', 'b', 'c', 'd'].map((id) => field(id)) as [
  FormField,
  FormField,
  FormField,
  FormField,
]
const said = (before: Form, after: Form) =>
  formDiff(before, after).map((item) =>
    item.what === 'changed'
      ? [item.field.id, ...item.parts, ...(item.moved ? ['moved'] : [])].join(' ')
      : `${item.what} ${item.field.id}`,
  )

describe('how a form differs from what is live', () => {
  it('is nothing where it means the same', () => {
    expect(said(form(a, b), form(a, { ...b, required: false }))).toEqual([])
    expect(said(form(), form())).toEqual([])
  })

  it('names what was added and removed', () => {
    expect(said(form(a, b), form(a, c))).toEqual(['added c', 'removed b'])
  })

  it('knows a field by its id, and names what of it changed', () => {
    const after = {
      ...b,
      label: 'Other',
      required: true,
      visible_if: { all: [{ field: 'a', op: 'eq' as const }] },
    }
    expect(said(form(a, b), form(a, after))).toEqual(['b label required visible_if'])
  })

  it('lets as few move as possible', () => {
    expect(said(form(a, b, c, d), form(d, a, b, c))).toEqual(['d moved'])
    expect(said(form(a, b, c, d), form(b, c, d, a))).toEqual(['a moved'])
    expect(said(form(a, b, c), form(c, b, a))).toHaveLength(2)
    // What is added between, or taken out, moves nobody.
    expect(said(form(a, b, c), form(a, d, c))).toEqual(['added d', 'removed b'])
  })
})

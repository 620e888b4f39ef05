import { describe, expect, it } from 'vitest'
import type { Condition, FieldValue, Form, FormField } from '../api/types.ts'
import { meets, visibleFields } from './evaluate.ts'

type Case = [op: Condition['op'], wanted: FieldValue | undefined, value: FieldValue | undefined, met: boolean]

const cases: Case[] = [
  ['answered', undefined, undefined, false],
  ['answered', undefined, '  ', false],
  ['answered', undefined, [], false],
  ['answered', undefined, false, true],
  ['answered', undefined, 0, true],
  ['answered', undefined, 'x', true],
  ['eq', 'a', 'a', true],
  ['eq', 'a', 'A', false],
  ['eq', 1, '1', false],
  ['eq', true, true, true],
  ['eq', ['b', 'a'], ['a', 'b'], true],
  ['eq', ['a'], ['a', 'b'], false],
  ['eq', 'a', undefined, false],
  ['ne', 'a', undefined, true],
  ['ne', 'a', 'b', true],
  ['ne', 'a', 'a', false],
  ['ne', false, false, false],
  ['contains', 'red', 'scared', true],
  ['contains', 'red', ['red', 'blue'], true],
  ['contains', 're', ['red'], false],
  ['contains', 'x', undefined, false],
  ['contains', 1, 1, false],
  ['gt', 5, 6, true],
  ['gt', 5, 5, false],
  ['gte', 5, 5, true],
  ['lt', 5, 4, true],
  ['lte', 5, 5, true],
  ['lt', 5, undefined, false],
  ['gt', 5, '6', false],
  ['gt', '2026-01-31', '2026-02-01', true],
  ['lt', '\u{1F600}', '\uFFFD', true],
  ['gt', true, true, false],
]

describe('meets', () => {
  it.each(cases)('%s %j on %j is %s', (op, wanted, value, met) => {
    const condition: Condition = wanted === undefined ? { field: 'f', op } : { field: 'f', op, value: wanted }
    expect(meets(condition, value)).toBe(met)
  })
})

function form(...fields: (Partial<FormField> & { id: string })[]): Form {
  return { fields: fields.map((field) => ({ kind: 'short_text', label: field.id, ...field })) }
}

describe('visibleFields', () => {
  it('hides what depends on a hidden field, though it holds a value', () => {
    const chain = form(
      { id: 'a' },
      { id: 'b', visible_if: { all: [{ field: 'a', op: 'eq', value: 'yes' }] } },
      { id: 'c', visible_if: { all: [{ field: 'b', op: 'answered' }] } },
    )
    expect([...visibleFields(chain, { a: 'no', b: 'kept' })]).toEqual(['a'])
    expect([...visibleFields(chain, { a: 'yes', b: 'kept' })]).toEqual(['a', 'b', 'c'])
  })

  it('takes all of none as shown and any of none as hidden', () => {
    const empty = form({ id: 'a', visible_if: { all: [] } }, { id: 'b', visible_if: { any: [] } })
    expect([...visibleFields(empty, {})]).toEqual(['a'])
  })

  it('counts unknown fields, sections and cycles as not answered', () => {
    const odd = form(
      { id: 's', kind: 'section' },
      { id: 'a', visible_if: { all: [{ field: 'gone', op: 'answered' }] } },
      { id: 'b', visible_if: { all: [{ field: 's', op: 'answered' }] } },
      { id: 'c', visible_if: { all: [{ field: 'd', op: 'answered' }] } },
      { id: 'd', visible_if: { all: [{ field: 'c', op: 'answered' }] } },
    )
    expect([...visibleFields(odd, { s: 'x', c: 'x', d: 'x' })]).toEqual(['s'])
  })
})

import { describe, expect, it } from 'vitest'
import { countUpdates, hold, rowsToShow } from './steadyRows.ts'

const row = (id: string, updated_at = '1') => ({ id, updated_at })
const held = (...ids: string[]) =>
  hold(
    null,
    'list',
    ids.map((id) => row(id)),
  )

describe('steady rows', () => {
  it('keeps the order and patches rows in place', () => {
    const fresh = [row('b', '2'), row('a')]
    expect(rowsToShow(held('a', 'b'), fresh)).toEqual([
      { row: row('a'), gone: false },
      { row: row('b', '2'), gone: false },
    ])
  })

  it('keeps a row that left, marked', () => {
    expect(rowsToShow(held('a', 'b'), [row('a')])[1]).toEqual({ row: row('b'), gone: true })
  })

  it('counts what came, left and moved', () => {
    expect(countUpdates(held('a', 'b'), [row('a'), row('b', '2')])).toBe(0)
    expect(countUpdates(held('a', 'b'), [row('c'), row('a'), row('b')])).toBe(1)
    expect(countUpdates(held('a', 'b'), [row('c'), row('a')])).toBe(1)
    expect(countUpdates(held('a', 'b', 'c'), [row('c', '2'), row('a'), row('b')])).toBe(1)
    expect(countUpdates(held('a', 'b'), [])).toBe(2)
  })

  it('points out what came, but not a whole new list', () => {
    expect(hold(held('a'), 'list', [row('c'), row('a')]).arrived).toEqual(new Set(['c']))
    expect(hold(held('a'), 'other', [row('c'), row('a')]).arrived.size).toBe(0)
    expect(hold(null, 'list', [row('a')]).arrived.size).toBe(0)
  })
})

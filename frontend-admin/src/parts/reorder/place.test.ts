import { describe, expect, it } from 'vitest'
import { moved, placeAt } from './place.ts'

describe('where a dragged thing would stand', () => {
  const middles = [10, 30, 50, 70]

  it('is its own place until it passes the middle of a neighbour', () => {
    expect(placeAt(middles, 1, 30)).toBe(1)
    expect(placeAt(middles, 1, 49)).toBe(1)
    expect(placeAt(middles, 1, 51)).toBe(2)
    expect(placeAt(middles, 1, 9)).toBe(0)
    expect(placeAt(middles, 0, 999)).toBe(3)
    expect(placeAt(middles, 3, -5)).toBe(0)
  })

  it('is where it then stands', () => {
    expect(moved(['a', 'b', 'c', 'd'], 1, placeAt(middles, 1, 51))).toEqual(['a', 'c', 'b', 'd'])
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 0)).toEqual(['c', 'a', 'b'])
    expect(moved(['a'], 5, 0)).toEqual(['a'])
  })
})

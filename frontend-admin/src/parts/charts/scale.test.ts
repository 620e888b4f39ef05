import { describe, expect, it } from 'vitest'
import { steps } from './scale.ts'

describe('marks of an axis', () => {
  it('are few, round, and reach over the largest value', () => {
    expect(steps(0)).toEqual([0, 1])
    expect(steps(1)).toEqual([0, 1])
    expect(steps(3)).toEqual([0, 1, 2, 3])
    expect(steps(7)).toEqual([0, 2, 4, 6, 8])
    expect(steps(40)).toEqual([0, 10, 20, 30, 40])
    expect(steps(123)).toEqual([0, 50, 100, 150])
    for (let largest = 0; largest < 5000; largest += 7) {
      const marks = steps(largest)
      expect(marks.at(-1)).toBeGreaterThanOrEqual(largest)
      expect(marks.length).toBeLessThanOrEqual(6)
      expect(marks.every(Number.isInteger)).toBe(true)
    }
  })
})

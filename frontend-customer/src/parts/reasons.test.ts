import { describe, expect, it } from 'vitest'
import { reasonKey, reasonsFor } from './reasons.ts'

describe('reasons of a rating', () => {
  it('depend on the score', () => {
    expect(reasonsFor(5)).toEqual(reasonsFor(4))
    expect(reasonsFor(1)).toEqual(reasonsFor(3))
    expect(reasonsFor(4)).toContain('fast')
    expect(reasonsFor(3)).toContain('not_solved')
  })

  it('have words, and none for a code from elsewhere', () => {
    expect(reasonKey('expert')).toBe('rating.reason_expert')
    expect(reasonKey('made_up')).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { reasonKey, reasonsFor } from './reasons.ts'

describe('reasons of a rating', () => {
  it('are those that the server offers with the score', () => {
    const offered = [
      { score: 1 as const, reasons: ['slow', 'not_solved'] },
      { score: 5 as const, reasons: ['fast'] },
    ]
    expect(reasonsFor(5, offered)).toEqual(['fast'])
    expect(reasonsFor(1, offered)).toEqual(['slow', 'not_solved'])
    expect(reasonsFor(3, offered)).toEqual([])
    expect(reasonsFor(null, offered)).toEqual([])
  })

  it('have words, unless they come from another version', () => {
    expect(reasonKey('expert')).toBe('rating.reason_expert')
    expect(reasonKey('made_up')).toBeNull()
  })
})

import { describe, expect, it } from 'vitest'
import { mostFound, wordsToTry } from './suggestions.ts'

describe('suggestions for a subject', () => {
  it('try its longest words, each once', () => {
    expect(wordsToTry('My VPN at home: VPN disconnects every evening, again')).toEqual([
      'disconnects',
      'evening',
      'every',
      'again',
    ])
    expect(wordsToTry('a b')).toEqual([])
  })

  it('put first what most words find', () => {
    const [a, b, c] = [{ id: 'a' }, { id: 'b' }, { id: 'c' }]
    expect(mostFound([[a, b], [b, c], [b]])).toEqual([b, a, c])
  })
})

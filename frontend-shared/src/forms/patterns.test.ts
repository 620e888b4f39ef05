import { describe, expect, it } from 'vitest'
import table from '../../../tests/pattern-cases.json' with { type: 'json' }
import { matchesPattern } from './formats.ts'

/** What a person would not notice, on a machine that is busy with other tests. */
const AT_ONCE_MS = 1000

/** Texts as long as an answer may be, made to fail as late as possible. */
const hard = ({ text }: { text: string }) => [
  text,
  `${text.repeat(Math.ceil(500 / text.length)).slice(0, 499)}~`,
  ...Array.from(new Set(text), (character) => `${character.repeat(499)}~`),
]

describe('patterns that the server takes', () => {
  it.each(table.quick)('$pattern is judged at once', (example) => {
    for (const text of hard(example)) {
      const start = performance.now()
      expect(matchesPattern(text, example.pattern)).not.toBeNull()
      expect(performance.now() - start).toBeLessThan(AT_ONCE_MS)
    }
  })
})

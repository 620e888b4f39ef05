import { describe, expect, it } from 'vitest'
import { compareTexts, compareWords, foldSame, type Piece, type Row } from './compare.ts'

const text = (pieces: Piece[] | undefined) => pieces?.map((piece) => piece.text).join('')
const marked = (pieces: Piece[] | undefined) =>
  pieces?.map(({ text: words, changed }) => (changed ? `[${words}]` : words)).join('')
const shown = (row: Row) => [
  row.before && `${row.before.n} ${marked(row.before.pieces)}`,
  row.after && `${row.after.n} ${marked(row.after.pieces)}`,
]

describe('comparing two texts', () => {
  it('marks words within a line that changed, and counts lines on both sides', () => {
    const rows = compareTexts('one\nopen the old menu\nthree\n', 'zero\none\nopen the new menu\nthree\n')
    expect(rows.map(shown)).toEqual([
      [null, '1 zero'],
      ['1 one', '2 one'],
      ['2 open the [old] menu', '3 open the [new] menu'],
      ['3 three', '4 three'],
    ])
    expect(rows.map((row) => row.same)).toEqual([false, true, false, true])
  })

  it('gives back both texts, whatever they are', () => {
    const texts = ['', 'a', 'a\n\n\nb', '# Head\n\n- x\n- y\n', 'b\na\n', 'ą\n漢字 漢\n👩‍🚀 x\n', '\n\n']
    for (const before of texts) {
      for (const after of texts) {
        const rows = compareTexts(before, after)
        const side = (name: 'before' | 'after') =>
          rows.flatMap((row) => (row[name] ? [text(row[name].pieces)] : [])).join('\n')
        const ends = [before, after].map((one) => one.replace(/\n$/, ''))
        expect([side('before'), side('after')]).toEqual(ends)
        expect(rows.every((row) => row.same)).toBe(ends[0] === ends[1])
      }
    }
  })

  it('shows line ends that differ', () => {
    expect(compareTexts('a\r\nb', 'a\nb').map(shown)).toEqual([
      ['1 a[␍]', '1 a'],
      ['2 b', '2 b'],
    ])
  })

  it('marks no words in lines that have next to nothing in common', () => {
    expect(compareWords('Call the help desk', 'Restart your own computer first')).toEqual([])
  })

  it('ends in time on long texts that have nothing in common', () => {
    const long = (seed: number) =>
      Array.from({ length: 9000 }, (_, n) => `${(n * seed) % 9973} ${seed}`).join('\n')
    const started = performance.now()
    const rows = compareTexts(long(7), long(13))
    expect(performance.now() - started).toBeLessThan(6000)
    expect(rows.length).toBeGreaterThan(8999)
  })
})

describe('folding', () => {
  const same = (n: number): Row => {
    const line = { n, pieces: [{ text: String(n), changed: false }] }
    return { same: true, before: line, after: line }
  }
  const rows = (length: number, changed: number[]) =>
    Array.from({ length }, (_, n) => ({ ...same(n), same: !changed.includes(n) }))
  const sizes = (all: Row[]) =>
    foldSame(all).map(({ folded, rows: part }) => (folded ? -part.length : part.length))

  it('keeps three lines around each change', () => {
    expect(sizes(rows(30, [10, 14]))).toEqual([-7, 11, -12])
    expect(sizes(rows(10, []))).toEqual([-10])
    expect(sizes(rows(2, [0]))).toEqual([2])
  })

  it('never folds a single line', () => {
    expect(sizes(rows(9, [0, 8]))).toEqual([4, 1, 4])
  })
})

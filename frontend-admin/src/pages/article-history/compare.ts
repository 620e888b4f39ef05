import { diffLines, diffWordsWithSpace } from 'diff'

/** A part of a line, and whether it is not on the other side. */
export interface Piece {
  text: string
  changed: boolean
}

export interface Line {
  /** Counted from 1. */
  n: number
  pieces: Piece[]
}

/** One line of the comparison: on both sides, or on one of them only. */
export interface Row {
  same: boolean
  before: Line | null
  after: Line | null
}

/** Rows that are shown, or unchanged ones that are folded away. */
export interface Part {
  folded: boolean
  rows: Row[]
}

/** Texts so different that no comparison is found in this time are shown as wholly replaced. */
const LINES_TIMEOUT_MS = 1000
const WORDS_TIMEOUT_MS = 50
/** Lines with less in common are not the same line changed: no words are marked in them. */
const ALIKE_MIN = 0.3
/** Unchanged lines shown around a change. */
const CONTEXT = 3

/** Compares two texts line by line, and within lines that changed word by word. */
export function compareTexts(before: string, after: string): Row[] {
  const changes = diffLines(before, after, { ignoreNewlineAtEof: true, timeout: LINES_TIMEOUT_MS }) ?? [
    { value: before, removed: true, added: false },
    { value: after, removed: false, added: true },
  ]
  const rows: Row[] = []
  const at = { before: 0, after: 0 }
  let removed: string[] = []
  for (const change of [...changes, null]) {
    if (change?.removed) {
      removed = linesOf(change.value)
      continue
    }
    const added = change?.added ? linesOf(change.value) : []
    for (let n = 0; n < Math.max(removed.length, added.length); n += 1) {
      rows.push(changedRow(removed[n], added[n], at))
    }
    removed = []
    if (!change || change.added) continue
    for (const text of linesOf(change.value)) {
      const pieces = whole(text)
      rows.push({
        same: true,
        before: { n: (at.before += 1), pieces },
        after: { n: (at.after += 1), pieces },
      })
    }
  }
  return rows
}

const whole = (text: string): Piece[] => [{ text, changed: false }]

/** A removed line beside the added one that stands in its place. */
function changedRow(
  before: string | undefined,
  after: string | undefined,
  at: { before: number; after: number },
): Row {
  const [left, right] = before === undefined || after === undefined ? [] : compareWords(before, after)
  return {
    same: false,
    before: before === undefined ? null : { n: (at.before += 1), pieces: left ?? whole(before) },
    after: after === undefined ? null : { n: (at.after += 1), pieces: right ?? whole(after) },
  }
}

/** The words of both sides, those marked that the other does not have; nothing for lines unlike. */
export function compareWords(before: string, after: string): [Piece[], Piece[]] | [] {
  const changes = diffWordsWithSpace(before, after, { timeout: WORDS_TIMEOUT_MS })
  if (!changes) return []
  const common = changes.reduce(
    (sum, change) => (change.added || change.removed ? sum : sum + change.value.trim().length),
    0,
  )
  if (common < ALIKE_MIN * Math.max(before.length, after.length)) return []
  const side = (other: 'added' | 'removed') =>
    changes
      .filter((change) => !change[other])
      .map((change) => ({ text: change.value, changed: change.added || change.removed }))
  return [side('added'), side('removed')]
}

/** Lines without their ends; a carriage return, which no one sees, is made visible. */
function linesOf(text: string): string[] {
  const lines = text.split('\n')
  if (lines.at(-1) === '') lines.pop()
  return lines.map((line) => line.replaceAll('\r', '␍'))
}

/** Folds what is far from every change. */
export function foldSame(rows: Row[]): Part[] {
  const near = rows.map(() => false)
  for (const [index, row] of rows.entries()) {
    if (row.same) continue
    const end = Math.min(rows.length - 1, index + CONTEXT)
    for (let n = Math.max(0, index - CONTEXT); n <= end; n += 1) near[n] = true
  }
  const parts: Part[] = []
  for (const [index, row] of rows.entries()) {
    const folded = !near[index]
    const last = parts.at(-1)
    if (last?.folded === folded) last.rows.push(row)
    else parts.push({ folded, rows: [row] })
  }
  // A fold of one line saves nothing.
  for (const part of parts) if (part.rows.length === 1) part.folded = false
  return parts
}

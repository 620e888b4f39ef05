/**
 * A text with another put where the cursor is, and where the cursor is then. Words before and after
 * stay apart from it.
 */
export function insertAt(text: string, start: number, end: number, inserted: string): [string, number] {
  const before = text.slice(0, start)
  const after = text.slice(end)
  const lead = before === '' || /\s$/.test(before) ? '' : ' '
  const tail = after === '' || /^[\s.,;:!?)]/.test(after) ? '' : ' '
  const head = `${before}${lead}${inserted}${tail}`
  return [head + after, head.length]
}

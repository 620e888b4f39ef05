import type { ImportLine } from '../../api/import.ts'

/** A cell that no spreadsheet takes for a formula, between quotation marks. */
export function safeCell(value: string): string {
  const risky = /^[\s]*[=+\-@＝＋－＠]/.test(value) || /^[\t\r]/.test(value)
  return `"${(risky ? `'${value}` : value).replaceAll('"', '""')}"`
}

/** The lines that were refused, one problem a row, as a file for a spreadsheet. */
export function problemsFile(lines: ImportLine[]): string {
  const rows = lines
    .filter((line) => line.outcome === 'error')
    .flatMap((line) =>
      line.problems.map(({ column, code, detail }) => [
        String(line.line),
        line.email,
        column ?? '',
        code,
        detail,
      ]),
    )
  return [['line', 'email', 'column', 'code', 'problem'], ...rows]
    .map((row) => `${row.map(safeCell).join(',')}\r\n`)
    .join('')
}

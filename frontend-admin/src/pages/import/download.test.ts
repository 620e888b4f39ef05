import { expect, test } from 'vitest'
import type { ImportLine } from '../../api/import.ts'
import { problemsFile, safeCell } from './download.ts'

test.each([
  ['=1+1', `"'=1+1"`],
  ['+49 30', `"'+49 30"`],
  ['-2', `"'-2"`],
  ['@SUM(A1)', `"'@SUM(A1)"`],
  ['  =cmd', `"'  =cmd"`],
  ['\tx', `"'\tx"`],
  ['＝1', `"'＝1"`],
  ['a "b", c', '"a ""b"", c"'],
  ['ana@acme.example', '"ana@acme.example"'],
  ['', '""'],
])('%j is a harmless cell', (value, cell) => {
  expect(safeCell(value)).toBe(cell)
})

test('the report holds the problems alone, each with its line', () => {
  const line = (n: number, outcome: ImportLine['outcome'], problems: ImportLine['problems']): ImportLine => ({
    line: n,
    email: n === 3 ? '=evil()' : 'a@b.example',
    outcome,
    changes: [],
    problems,
    user_id: null,
  })
  const text = problemsFile([
    line(2, 'create', []),
    line(3, 'error', [
      { column: 'email', code: 'formula', detail: 'begins like a formula' },
      { column: null, code: 'too_few_cells', detail: 'has 1 cell' },
    ]),
  ])
  expect(text).toBe(
    '"line","email","column","code","problem"\r\n' +
      '"3","\'=evil()","email","formula","begins like a formula"\r\n' +
      '"3","\'=evil()","","too_few_cells","has 1 cell"\r\n',
  )
})

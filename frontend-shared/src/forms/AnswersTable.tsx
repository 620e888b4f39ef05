import type { Answer } from '../api/types.ts'
import { AnswerText } from './AnswerText.tsx'
import classes from './AnswersTable.module.css'

/** The answers of an order's form, one a row, in the form's order. */
export function AnswersTable({ answers, label }: { answers: Answer[]; label: string }) {
  return (
    <table className={classes.table} aria-label={label}>
      <tbody>
        {answers.map((answer) => (
          <tr key={answer.field}>
            <th scope="row">{answer.label}</th>
            <td>
              <AnswerText answer={answer} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}

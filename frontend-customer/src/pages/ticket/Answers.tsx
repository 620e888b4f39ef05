import type { Answer } from 'frontend-shared/api'
import { AnswerText } from 'frontend-shared/forms'
import { Panel } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'
import classes from './Answers.module.css'

/** What was filled in when the service was ordered. */
export function Answers({ answers }: { answers: Answer[] }) {
  const t = useT()
  if (answers.length === 0) return null
  return (
    <Panel title={t('ticket.answers')}>
      <table className={classes.table} aria-label={t('ticket.answers')}>
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
    </Panel>
  )
}

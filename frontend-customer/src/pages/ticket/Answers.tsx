import type { Answer } from 'frontend-shared/api'
import { AnswersTable } from 'frontend-shared/forms'
import { Panel } from 'frontend-shared/ui'
import { useT } from '../../i18n/index.ts'

/** What was filled in when the service was ordered. */
export function Answers({ answers }: { answers: Answer[] }) {
  const t = useT()
  if (answers.length === 0) return null
  return (
    <Panel title={t('ticket.answers')}>
      <AnswersTable answers={answers} label={t('ticket.answers')} />
    </Panel>
  )
}

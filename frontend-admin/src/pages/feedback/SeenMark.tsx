import { Button } from '@mantine/core'
import { Check, Eye } from 'lucide-react'
import { hasCode, useApiMutation } from 'frontend-shared/api'
import { RelativeTime, useNotices } from 'frontend-shared/ui'
import { LOW, markSeen, markUnseen, type FeedbackItem } from '../../api/feedback.ts'
import { keys } from '../../api/keys.ts'
import { useT } from '../../i18n/feedback.ts'
import classes from './Feedback.module.css'

const invalidates = () => [keys.feedback(), keys.dashboard()]

/** Saying that one has looked at a rating, with a way back in the notice. */
export function useSeen() {
  const t = useT()
  const notices = useNotices()
  const undo = useApiMutation({ run: markUnseen, invalidates })
  const mark = useApiMutation({
    run: markSeen,
    invalidates,
    onDone: ({ id, ticket }) =>
      notices.success(t('feedback.marked', { ticket: ticket.number }), {
        label: t('feedback.undo'),
        run: () => undo.mutate(id),
      }),
    onFailed: (error) => {
      if (!hasCode(error, 'version_mismatch')) return false
      notices.info(t('feedback.changed_meanwhile'))
      return true
    },
  })
  return { mark, undo }
}

/** Who looked at a rating; a button while nobody has looked at a low one. */
export function SeenMark({ row }: { row: FeedbackItem }) {
  const t = useT()
  const { mark, undo } = useSeen()
  if (row.seen) {
    return (
      <div className={classes.seen}>
        <Eye size={14} aria-hidden />
        <span>
          {t('feedback.seen_by', { name: row.seen.by.name })} · <RelativeTime time={row.seen.at} />
        </span>
        <Button
          variant="subtle"
          color="gray"
          size="compact-xs"
          aria-label={t('feedback.unsee_ticket', { ticket: row.ticket.number })}
          onClick={() => undo.mutate(row.id)}
        >
          {t('feedback.undo')}
        </Button>
      </div>
    )
  }
  if (!LOW.includes(row.score)) return null
  return (
    <Button
      variant="default"
      size="compact-sm"
      className={classes.see ?? ''}
      leftSection={<Check size={15} aria-hidden />}
      loading={mark.isPending}
      aria-label={t('feedback.see_ticket', { ticket: row.ticket.number })}
      onClick={() => mark.mutate(row)}
    >
      {t('feedback.see')}
    </Button>
  )
}

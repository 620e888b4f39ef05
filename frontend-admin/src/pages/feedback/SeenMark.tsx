import { Button, Loader } from '@mantine/core'
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
  const { seen, ticket } = row
  if (!seen && !LOW.includes(row.score)) return null
  // One button in both states, and never a disabled one, so that the keyboard stays on it.
  const busy = mark.isPending || undo.isPending
  return (
    <div className={classes.seen}>
      {seen && (
        <>
          <Eye size={14} aria-hidden />
          <span>
            {t('feedback.seen_by', { name: seen.by.name })} · <RelativeTime time={seen.at} />
          </span>
        </>
      )}
      <Button
        key="act"
        variant={seen ? 'subtle' : 'default'}
        color={seen ? 'gray' : undefined}
        size={seen ? 'compact-xs' : 'compact-sm'}
        leftSection={busy ? <Loader size={14} aria-hidden /> : !seen && <Check size={15} aria-hidden />}
        aria-busy={busy}
        aria-label={t(seen ? 'feedback.unsee_ticket' : 'feedback.see_ticket', { ticket: ticket.number })}
        onClick={() => (seen ? undo.mutate(row.id) : mark.mutate(row))}
      >
        {t(seen ? 'feedback.undo' : 'feedback.see')}
      </Button>
    </div>
  )
}

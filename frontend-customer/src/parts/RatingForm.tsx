import { Button, Group, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useApiMutation, type CustomerTicket, type Score } from 'frontend-shared/api'
import { useFormDraft } from 'frontend-shared/forms'
import { useSharedT } from 'frontend-shared/i18n'
import { StarsInput } from 'frontend-shared/ui'
import { useState, type FormEvent } from 'react'
import { keys } from '../api/keys.ts'
import { ratingReasonsQuery, rateTicket } from '../api/tickets.ts'
import { useT } from '../i18n/index.ts'
import { ReasonChips } from './ReasonChips.tsx'
import { isGood, reasonKey, reasonsFor } from './reasons.ts'
import classes from './RatingForm.module.css'

const COMMENT_MAX = 2000

interface Draft {
  score: Score | null
  reasons: string[]
  comment: string
}

interface RatingFormProps {
  ticket: CustomerTicket
  legend?: string
  onDone?: () => void
  /** Shown beside the button when given: leaves without a change. */
  onCancel?: () => void
}

/** Stars first; reasons that fit them and a comment once they are chosen. */
export function RatingForm({ ticket, legend, onDone, onCancel }: RatingFormProps) {
  const t = useT()
  const words = useSharedT()
  const given = ticket.rating
  const draft = useFormDraft<Draft>(`rating:${ticket.id}`, {
    score: given?.score ?? null,
    reasons: given?.reasons ?? [],
    comment: given?.comment ?? '',
  })
  const { score, reasons, comment } = draft.values
  const offered = useQuery(ratingReasonsQuery).data?.items ?? []
  const choices = reasonsFor(score, offered)
  const [errors, setErrors] = useState<Record<string, string>>({})
  const left = COMMENT_MAX - Array.from(comment).length

  const rate = useApiMutation({
    run: (chosen: Score) =>
      rateTicket(ticket.id, {
        score: chosen,
        // A draft may hold some of another version; they are not offered, so they are not sent.
        reasons: choices.filter((code) => reasons.includes(code)),
        ...(comment.trim() ? { comment: comment.trim() } : {}),
      }),
    invalidates: () => [keys.tickets()],
    notice: t('rating.thanks'),
    form: { setErrors },
    onDone: () => {
      draft.clear()
      onDone?.()
    },
  })
  const choose = (next: Score) => {
    const fitting = reasonsFor(next, offered)
    setErrors({})
    draft.setValues({
      ...draft.values,
      score: next,
      reasons: reasons.filter((reason) => fitting.some((code) => code === reason)),
    })
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (score === null) setErrors({ score: t('rating.choose') })
    else if (left < 0) setErrors({ comment: t('rating.comment_long') })
    else rate.mutate(score)
  }

  return (
    <form onSubmit={submit} className={classes.form} noValidate>
      <StarsInput
        value={score}
        onChange={choose}
        {...(legend ? { legend } : {})}
        {...(errors['score'] ? { error: errors['score'] } : {})}
      />
      {score !== null && (
        <>
          {choices.length > 0 && (
            <ReasonChips
              legend={t(isGood(score) ? 'rating.reasons_good' : 'rating.reasons_bad')}
              choices={choices.map((code) => {
                const key = reasonKey(code)
                return { value: code, label: key ? t(key) : code }
              })}
              chosen={reasons}
              onChange={(next) => draft.setValues({ ...draft.values, reasons: next })}
            />
          )}
          <Textarea
            label={t('rating.comment')}
            description={left < 200 ? t('rating.comment_left', { count: Math.max(left, 0) }) : undefined}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            error={errors['comment'] ?? (left < 0 ? t('rating.comment_long') : undefined)}
            autosize
            minRows={2}
            maxRows={10}
            value={comment}
            onChange={(event) => draft.setValues({ ...draft.values, comment: event.currentTarget.value })}
          />
          <Group gap="xs">
            <Button type="submit" loading={rate.isPending}>
              {t(given ? 'rating.save' : 'rating.submit')}
            </Button>
            {onCancel && (
              <Button variant="default" onClick={onCancel}>
                {words('common.cancel')}
              </Button>
            )}
          </Group>
        </>
      )}
    </form>
  )
}

import { Group, Text } from '@mantine/core'
import type { Rating } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { RelativeTime, Stars } from 'frontend-shared/ui'
import { useT } from '../i18n/index.ts'
import { reasonKey } from './reasons.ts'
import classes from './RatingForm.module.css'

/** A rating as it was given. */
export function RatingView({ rating }: { rating: Rating }) {
  const t = useT()
  const words = useSharedT()
  const reasons = rating.reasons.map((code) => {
    const key = reasonKey(code)
    return key ? t(key) : code
  })
  return (
    <div className={classes.view}>
      <Group gap="xs">
        <Stars score={rating.score} size={20} />
        <Text size="sm" fw={600} aria-hidden>
          {words(`stars.${rating.score}`)}
        </Text>
        <Text size="sm" c="dimmed">
          <RelativeTime time={rating.updated_at} />
        </Text>
      </Group>
      {reasons.length > 0 && (
        <Text size="sm" c="dimmed">
          {reasons.join(' · ')}
        </Text>
      )}
      {rating.comment && (
        <blockquote className={classes.comment}>
          <Text size="sm">{rating.comment}</Text>
        </blockquote>
      )}
    </div>
  )
}

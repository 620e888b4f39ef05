import { Star } from 'lucide-react'
import type { Status } from 'frontend-shared/api'
import { useFormats, useSharedT } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { statusLabel } from 'frontend-shared/ui'
import { FEW } from '../../api/feedback.ts'
import type { Insight, Percentiles } from '../../api/insights.ts'
import { useT } from '../../i18n/insights.ts'
import { useDuration } from '../../parts/useDuration.ts'
import { paths } from '../../paths.ts'
import classes from './insights.module.css'

const STATUSES: Status[] = ['new', 'open', 'pending', 'on_hold', 'resolved', 'closed']

/** A count that leads to what is counted; nothing is no link. */
export function Count({ count, to }: { count: number; to: string }) {
  const formats = useFormats()
  return count === 0 ? (
    <span className={classes.meta}>0</span>
  ) : (
    <AppLink to={to} className={classes.count}>
      {formats.number(count)}
    </AppLink>
  )
}

/** How many tickets stand where; states without any are left out. */
export function StatusCounts({ customer, tickets }: { customer: string; tickets: Insight['tickets'] }) {
  const formats = useFormats()
  const shared = useSharedT()
  const some = STATUSES.filter((status) => tickets[status] > 0)
  if (some.length === 0) return <span className={classes.meta}>–</span>
  return (
    <ul className={classes.statuses}>
      {some.map((status) => (
        <li key={status}>
          <AppLink to={paths.tickets({ requester: customer, status: [status] })} className={classes.status}>
            <b>{formats.number(tickets[status])}</b> {statusLabel(status, shared)}
          </AppLink>
        </li>
      ))}
    </ul>
  )
}

/** Half took at most so long, nine of ten at most so long. */
export function Timing({ of }: { of: Percentiles | null }) {
  const t = useT()
  const duration = useDuration()
  if (!of) return <span className={classes.meta}>–</span>
  return (
    <span className={classes.timing}>
      <span>{duration(of.median)}</span>
      <span className={classes.meta}>{t('insights.p90', { duration: duration(of.p90) })}</span>
    </span>
  )
}

/** The average score with its count, which leads to the ratings. */
export function Average({ customer, rating }: { customer: string; rating: Insight['rating'] }) {
  const t = useT()
  const formats = useFormats()
  if (rating.average === null) return <span className={classes.meta}>–</span>
  const average = formats.number(rating.average)
  return (
    <span className={classes.timing}>
      <span className={classes.average} role="img" aria-label={t('insights.rating_of', { average })}>
        <Star size={14} aria-hidden />
        {average}
      </span>
      <AppLink to={paths.feedback({ customer })} className={classes.meta}>
        {t('insights.ratings', { count: rating.count })}
        {rating.count < FEW && ` (${t('insights.few')})`}
      </AppLink>
    </span>
  )
}

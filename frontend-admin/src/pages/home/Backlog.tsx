import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import type { Dashboard } from '../../api/dashboard.ts'
import { dayOf, lastDayOf } from '../../api/days.ts'
import { OPEN_STATUSES } from '../../api/tickets.ts'
import { useT, type T } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './figures.module.css'

type Age = Dashboard['backlog'][number]

/** Open tickets by age, as bars; each leads to its tickets. */
export function Backlog({ backlog, zone }: { backlog: Age[]; zone: string }) {
  const t = useT()
  const formats = useFormats()
  const most = Math.max(1, ...backlog.map((age) => age.tickets))
  return (
    <Panel title={t('home.backlog')} padded={false}>
      <ul className={classes.rows}>
        {backlog.map((age) => (
          <li key={age.min_days}>
            <AppLink to={listOf(age, zone)} className={classes.bar}>
              <span>{ageLabel(age, t)}</span>
              <span className={classes.track} aria-hidden>
                <span
                  className={classes.fill}
                  data-old={age.max_days === null || age.max_days >= 7}
                  style={{ inlineSize: `${(100 * age.tickets) / most}%` }}
                />
              </span>
              <b className={classes.figure}>{formats.number(age.tickets)}</b>
            </AppLink>
          </li>
        ))}
      </ul>
    </Panel>
  )
}

function ageLabel({ min_days, max_days }: Age, t: T): string {
  if (max_days === 0) return t('home.age_today')
  if (max_days === null) return t('home.age_older', { min: min_days })
  return t('home.age_days', { min: min_days, max: max_days })
}

function listOf({ from, to }: Age, zone: string): string {
  return paths.tickets({
    status: [...OPEN_STATUSES],
    created_from: from === null ? undefined : dayOf(new Date(from), zone),
    created_to: lastDayOf(to, zone),
    sort: 'created_at',
  })
}

import { useFormats } from 'frontend-shared/i18n'
import { Panel } from 'frontend-shared/ui'
import type { Dashboard } from '../../api/dashboard.ts'
import { OPEN_STATUSES } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { useDuration } from '../../parts/useDuration.ts'
import { paths } from '../../paths.ts'
import { FigureRow } from './FigureRow.tsx'
import classes from './figures.module.css'

/** What somebody should look at first; each count leads to its list. */
export function Needed({ needed, asOf }: { needed: Dashboard['needed']; asOf: string }) {
  const t = useT()
  const formats = useFormats()
  const duration = useDuration()
  const since = needed.longest_waiting_since
  const longest = since === null ? 0 : (Date.parse(asOf) - Date.parse(since)) / 1000
  const rows = [
    {
      label: t('view.unassigned'),
      count: needed.unassigned,
      to: paths.tickets({ status: [...OPEN_STATUSES], assignee: 'none' }),
    },
    {
      label: t('home.count_waiting'),
      detail: since === null ? undefined : t('home.longest', { duration: duration(longest) }),
      count: needed.waiting,
      to: paths.tickets({ waiting: 'true', status: ['new', 'open'], sort: 'waiting_since' }),
    },
    {
      label: t('home.count_reopened'),
      count: needed.reopened,
      to: paths.tickets({ reopened: 'true', status: ['new', 'open'] }),
    },
    { label: t('home.count_low'), count: needed.low_scores, to: paths.lowScores() },
  ]
  return (
    <Panel title={t('home.attention')} padded={false}>
      <ul className={classes.rows}>
        {rows.map(({ count, ...row }) => (
          <FigureRow key={row.to} {...row} warm={count > 0}>
            {formats.number(count)}
          </FigureRow>
        ))}
      </ul>
    </Panel>
  )
}

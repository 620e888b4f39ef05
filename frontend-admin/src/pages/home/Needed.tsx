import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import type { Dashboard } from '../../api/dashboard.ts'
import { OPEN_STATUSES } from '../../api/tickets.ts'
import { useT } from '../../i18n/index.ts'
import { paths, type TicketsSearch } from '../../paths.ts'
import { useDuration } from '../insights/figures.tsx'
import classes from './figures.module.css'

/** What somebody should look at first; each count leads to its list. */
export function Needed({ needed, asOf }: { needed: Dashboard['needed']; asOf: string }) {
  const t = useT()
  const duration = useDuration()
  const since = needed.longest_waiting_since
  const longest = since === null ? 0 : (Date.parse(asOf) - Date.parse(since)) / 1000
  return (
    <Panel title={t('home.attention')} padded={false}>
      <ul className={classes.rows}>
        <Row
          label={t('view.unassigned')}
          count={needed.unassigned}
          search={{ status: [...OPEN_STATUSES], assignee: 'none' }}
        />
        <Row
          label={t('home.count_waiting')}
          detail={since === null ? undefined : t('home.longest', { duration: duration(longest) })}
          count={needed.waiting}
          search={{ waiting: 'true', status: ['new', 'open'], sort: 'waiting_since' }}
        />
        <Row
          label={t('home.count_reopened')}
          count={needed.reopened}
          search={{ reopened: 'true', status: ['new', 'open'] }}
        />
      </ul>
    </Panel>
  )
}

function Row(props: { label: string; detail?: string | undefined; count: number; search: TicketsSearch }) {
  const { label, detail, count, search } = props
  const formats = useFormats()
  return (
    <li>
      <AppLink to={paths.tickets(search)} className={classes.row} data-tone={count > 0 ? 'warm' : undefined}>
        <span>
          {label}
          {detail && <span className={classes.detail}>{detail}</span>}
        </span>
        <b className={classes.figure}>{formats.number(count)}</b>
      </AppLink>
    </li>
  )
}

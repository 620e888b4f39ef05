import { useQuery } from '@tanstack/react-query'
import { useFormats, useZone } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { useMe } from 'frontend-shared/session'
import { countsQuery, OPEN_STATUSES } from '../../api/tickets.ts'
import { useT } from '../../i18n/tickets.ts'
import { paths, type TicketsSearch } from '../../paths.ts'
import { isView, VIEWS } from './views.ts'
import classes from './ViewList.module.css'

/** The views with their live counts: a column, on narrow screens a row that scrolls. */
export function ViewList({ search }: { search: TicketsSearch }) {
  const t = useT()
  const formats = useFormats()
  const me = useMe().id
  const zone = useZone()
  const { data: all } = useQuery(countsQuery({}, zone))
  const { data: open } = useQuery(countsQuery({ status: [...OPEN_STATUSES] }, zone))
  return (
    <nav className={classes.views} aria-label={t('tickets.views')}>
      {VIEWS.map((view) => (
        <AppLink
          key={view.key}
          to={paths.tickets({ ...view.filters, sort: search.sort })}
          className={classes.view}
          data-current={isView(view, search)}
          withSearch
        >
          <span>{t(view.key)}</span>
          <span className={classes.count}>
            {all && open ? formats.number(view.count(all, open, me)) : ''}
          </span>
        </AppLink>
      ))}
    </nav>
  )
}

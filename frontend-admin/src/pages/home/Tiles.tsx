import { useQuery } from '@tanstack/react-query'
import { useFormats, useZone } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { useMe } from 'frontend-shared/session'
import { ErrorState } from 'frontend-shared/ui'
import type { TicketCounts } from 'frontend-shared/api'
import { countsQuery, OPEN_STATUSES } from '../../api/tickets.ts'
import { useT, type Key } from '../../i18n/index.ts'
import { paths, type TicketsSearch } from '../../paths.ts'
import classes from './Tiles.module.css'

interface Tile {
  key: Extract<Key, `view.${string}` | 'home.urgent' | 'home.new' | 'home.open'>
  search: TicketsSearch
  count: (open: TicketCounts, me: string) => number
  tone?: 'alert' | 'warm'
}

const status = [...OPEN_STATUSES]

const TILES: Tile[] = [
  {
    key: 'view.unassigned',
    search: { status, assignee: 'none' },
    count: (open) => open.by_assignee.find((row) => row.assignee === null)?.count ?? 0,
    tone: 'warm',
  },
  {
    key: 'view.mine',
    search: { status, assignee: 'me' },
    count: (open, me) => open.by_assignee.find((row) => row.assignee?.id === me)?.count ?? 0,
  },
  {
    key: 'home.urgent',
    search: { status, priority: ['urgent'] },
    count: (open) => open.by_priority.urgent,
    tone: 'alert',
  },
  { key: 'home.new', search: { status: ['new'] }, count: (open) => open.by_status.new },
  { key: 'home.open', search: { status: ['open'] }, count: (open) => open.by_status.open },
  { key: 'view.waiting', search: { status: ['pending'] }, count: (open) => open.by_status.pending },
  { key: 'view.on_hold', search: { status: ['on_hold'] }, count: (open) => open.by_status.on_hold },
]

/** The counts that matter; each leads to the list behind it. */
export function Tiles() {
  const t = useT()
  const formats = useFormats()
  const me = useMe().id
  const query = useQuery(countsQuery({ status }, useZone()))
  if (query.isError && !query.data) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  return (
    <nav className={classes.tiles} aria-label={t('home.counts')} aria-busy={query.isPending}>
      {TILES.map((tile) => {
        const count = query.data && tile.count(query.data, me)
        return (
          <AppLink
            key={tile.key}
            to={paths.tickets(tile.search)}
            className={classes.tile}
            data-tone={count ? tile.tone : undefined}
          >
            <span className={classes.count}>{count === undefined ? '–' : formats.number(count)}</span>
            <span className={classes.label}>{t(tile.key)}</span>
          </AppLink>
        )
      })}
    </nav>
  )
}

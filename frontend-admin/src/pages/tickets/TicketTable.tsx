import { Button } from '@mantine/core'
import { ArrowUp, Star } from 'lucide-react'
import type { AdminTicket } from 'frontend-shared/api'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import {
  categoryLabel,
  Highlight,
  PersonName,
  PriorityBadge,
  RelativeTime,
  StatusBadge,
} from 'frontend-shared/ui'
import { useEffect } from 'react'
import { useT } from '../../i18n/tickets.ts'
import { paths, type TicketsSearch } from '../../paths.ts'
import { useShortcuts } from '../../shortcuts/useShortcuts.ts'
import { rememberList } from './lastList.ts'
import { useSteadyRows } from './useSteadyRows.ts'
import classes from './TicketTable.module.css'

interface TicketTableProps {
  /** Which list the rows are of; another one is shown at once. */
  list: string
  search: TicketsSearch
  rows: AdminTicket[]
}

/** The dense table of tickets. It stays still while it is used; see `useSteadyRows`. */
export function TicketTable({ list, search, rows: fresh }: TicketTableProps) {
  const t = useT()
  const { frame, rows, arrived, updates, show } = useSteadyRows(list, fresh)
  useEffect(
    () =>
      rememberList(
        search,
        fresh.map((row) => row.number),
      ),
    [search, fresh],
  )

  const step = (by: 1 | -1) => {
    const links = [...(frame.current?.querySelectorAll<HTMLAnchorElement>('a[data-row]') ?? [])]
    const at = links.findIndex((link) => link === document.activeElement)
    const next = links[at < 0 ? (by === 1 ? 0 : links.length - 1) : at + by]
    next?.focus()
  }
  useShortcuts({ j: () => step(1), k: () => step(-1) })

  return (
    <div className={classes.frame} ref={frame}>
      <div className={classes.updates} role="status">
        {updates > 0 && (
          <Button
            size="compact-sm"
            variant="filled"
            leftSection={<ArrowUp size={14} aria-hidden />}
            onClick={() => {
              show()
              window.scrollTo({ top: 0 })
            }}
          >
            {t('tickets.updates', { count: updates })}
          </Button>
        )}
      </div>
      <table className={classes.table} aria-label={t('tickets.title')}>
        <thead>
          <tr>
            <th scope="col">{t('field.ticket')}</th>
            <th scope="col">{t('field.status')}</th>
            <th scope="col">{t('field.priority')}</th>
            <th scope="col" data-wide>
              {t('field.category')}
            </th>
            <th scope="col">{t('field.assignee')}</th>
            <th scope="col" className={classes.end}>
              {t(search.sort?.endsWith('created_at') ? 'field.created' : 'field.updated')}
            </th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ row, gone }) => (
            <TicketRow
              key={row.id}
              ticket={row}
              gone={gone}
              arrived={arrived.has(row.id)}
              byCreation={search.sort?.endsWith('created_at') ?? false}
            />
          ))}
        </tbody>
      </table>
    </div>
  )
}

interface TicketRowProps {
  ticket: AdminTicket
  gone: boolean
  arrived: boolean
  byCreation: boolean
}

function TicketRow({ ticket, gone, arrived, byCreation }: TicketRowProps) {
  const t = useT()
  const shared = useSharedT()
  const { highlights } = ticket
  return (
    <tr className={classes.row} data-gone={gone} data-arrived={arrived}>
      <td className={classes.subject}>
        <AppLink to={paths.ticket(ticket.number)} data-row className={classes.link}>
          <span className={classes.number}>{ticket.number}</span>
          <span className={classes.title}>
            <Highlight segments={highlights?.title} fallback={ticket.subject} />
          </span>
        </AppLink>
        {highlights?.snippet && highlights.snippet.length > 0 && (
          <div className={classes.snippet}>
            <Highlight segments={highlights.snippet} fallback="" />
          </div>
        )}
        <div className={classes.who}>
          {ticket.requester.name}
          {ticket.organization && <span> · {ticket.organization.name}</span>}
          {ticket.service && <span> · {ticket.service.name}</span>}
          {ticket.rating && (
            <span
              className={classes.rating}
              title={shared('stars.value', {
                score: ticket.rating.score,
                word: shared(`stars.${ticket.rating.score}`),
              })}
            >
              <Star size={12} aria-hidden /> {ticket.rating.score}
            </span>
          )}
          {gone && <span className={classes.left}> · {t('tickets.left')}</span>}
        </div>
      </td>
      <td className={classes.status}>
        <StatusBadge audience="staff" status={ticket.status} />
      </td>
      <td>
        <PriorityBadge priority={ticket.priority} />
      </td>
      <td data-wide>{categoryLabel(ticket.category, shared)}</td>
      <td className={classes.assignee}>
        {ticket.assignee ? (
          <PersonName name={ticket.assignee.name} size={22} />
        ) : (
          <span className={classes.nobody}>{t('pick.nobody')}</span>
        )}
      </td>
      <td className={classes.end}>
        <RelativeTime time={byCreation ? ticket.created_at : ticket.updated_at} />
      </td>
    </tr>
  )
}

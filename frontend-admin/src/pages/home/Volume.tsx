import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import type { Dashboard } from '../../api/dashboard.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import classes from './figures.module.css'

type Day = Dashboard['volume'][number]

/**
 * Tickets opened and resolved a day: a table whose cells are also bars, so that one thing is seen,
 * read aloud and followed by keyboard.
 */
export function Volume({ days, long }: { days: Day[]; long: boolean }) {
  const t = useT()
  const most = Math.max(1, ...days.flatMap((day) => [day.created, day.resolved]))
  return (
    <div className={classes.wide}>
      <Panel
        title={t('home.volume')}
        actions={
          <nav className={classes.spans} aria-label={t('home.volume')}>
            {(['14', '30'] as const).map((count) => (
              <AppLink
                key={count}
                to={paths.home({ days: count === '30' ? count : undefined })}
                data-on={(count === '30') === long}
              >
                {t('home.days', { count })}
              </AppLink>
            ))}
          </nav>
        }
      >
        <p className={classes.legend} aria-hidden>
          <span data-kind="created">{t('home.created')}</span>
          <span data-kind="resolved">{t('home.resolved')}</span>
        </p>
        <div className={classes.scroll}>
          <table className={classes.chart}>
            <thead>
              <tr>
                <th scope="col">{t('home.day')}</th>
                <th scope="col">{t('home.created')}</th>
                <th scope="col">{t('home.resolved')}</th>
              </tr>
            </thead>
            <tbody>
              {days.map((day) => (
                <Column key={day.date} day={day} most={most} />
              ))}
            </tbody>
          </table>
        </div>
      </Panel>
    </div>
  )
}

function Column({ day, most }: { day: Day; most: number }) {
  const formats = useFormats()
  const on = day.date
  return (
    <tr>
      <th scope="row">
        <time dateTime={day.date} title={formats.date(day.from)}>
          {Number(day.date.slice(8))}
        </time>
      </th>
      <Cell kind="created" count={day.created} most={most} to={{ created_from: on, created_to: on }} />
      <Cell kind="resolved" count={day.resolved} most={most} to={{ resolved_from: on, resolved_to: on }} />
    </tr>
  )
}

interface CellProps {
  kind: 'created' | 'resolved'
  count: number
  most: number
  to: Parameters<typeof paths.tickets>[0]
}

function Cell({ kind, count, most, to }: CellProps) {
  const formats = useFormats()
  const text = formats.number(count)
  return (
    <td>
      {count === 0 ? (
        <span className={classes.none}>{text}</span>
      ) : (
        <AppLink to={paths.tickets(to)} className={classes.pillar} data-kind={kind}>
          <span className={classes.value}>{text}</span>
          <span className={classes.body} style={{ blockSize: `${(5.5 * count) / most}rem` }} aria-hidden />
        </AppLink>
      )}
    </td>
  )
}

import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import type { Dashboard } from '../../api/dashboard.ts'
import { dayOf, lastDayOf } from '../../api/days.ts'
import { OPEN_STATUSES } from '../../api/tickets.ts'
import { useT, type T } from '../../i18n/index.ts'
import { BarRows, type BarRow } from '../../parts/charts/BarRows.tsx'
import { ChartPanel } from '../../parts/charts/ChartPanel.tsx'
import { paths } from '../../paths.ts'

type Age = Dashboard['backlog'][number]

/** From this age on, in days, a ticket is old. */
const OLD = 7

/** Open tickets by age, as bars; each leads to its tickets. */
export function Backlog({ backlog, zone }: { backlog: Age[]; zone: string }) {
  const t = useT()
  const { number } = useFormats()
  const title = t('home.backlog')
  const rows = backlog.map((age) => ({
    key: `${age.min_days}`,
    label: ageLabel(age, t),
    value: age.tickets,
    tone: age.min_days >= OLD ? 'rest' : 'main',
    to: listOf(age, zone),
  })) satisfies BarRow[]
  return (
    <ChartPanel
      title={title}
      table={{
        head: [t('home.age'), t('home.open_tickets')],
        rows: rows.map(({ key, label, value, to }) => ({
          key,
          cells: [
            label,
            <AppLink key="tickets" to={to}>
              {number(value)}
            </AppLink>,
          ],
        })),
      }}
    >
      <BarRows label={title} rows={rows} />
    </ChartPanel>
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

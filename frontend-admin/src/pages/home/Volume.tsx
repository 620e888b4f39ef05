import { Button } from '@mantine/core'
import { useFormats, useLocale } from 'frontend-shared/i18n'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import type { Dashboard } from '../../api/dashboard.ts'
import { useT } from '../../i18n/index.ts'
import { ChartPanel } from '../../parts/charts/ChartPanel.tsx'
import { TrendBars } from '../../parts/charts/TrendBars.tsx'
import { paths, type HomeSearch } from '../../paths.ts'

type Day = Dashboard['volume'][number]

/** Tickets opened and resolved a day; each bar leads to its tickets. */
export function Volume({ days }: { days: Day[] }) {
  const t = useT()
  const { day: written, number } = useFormats()
  const { language } = useLocale()
  const short = new Intl.DateTimeFormat(language, { timeZone: 'UTC', day: 'numeric', month: 'short' })
  const title = t('home.volume')
  const rows = days.map(({ date, created, resolved }) => ({
    date,
    created: { count: created, to: paths.tickets({ created_from: date, created_to: date }) },
    resolved: { count: resolved, to: paths.tickets({ resolved_from: date, resolved_to: date }) },
  }))
  return (
    <ChartPanel
      title={title}
      actions={<Spans />}
      table={{
        head: [t('home.day'), t('home.created'), t('home.resolved')],
        rows: rows.map(({ date, created, resolved }) => ({
          key: date,
          cells: [
            written(date),
            <AppLink key="created" to={created.to}>
              {number(created.count)}
            </AppLink>,
            <AppLink key="resolved" to={resolved.to}>
              {number(resolved.count)}
            </AppLink>,
          ],
        })),
      }}
    >
      <TrendBars
        label={title}
        hint={t('home.volume_hint')}
        legend={[
          { tone: 'main', label: t('home.created') },
          { tone: 'done', label: t('home.resolved') },
        ]}
        pieces={rows.map(({ date, created, resolved }) => ({
          key: date,
          label: short.format(new Date(date)),
          bars: [
            {
              key: `${date} created`,
              text: t('home.volume_created', { day: written(date), count: created.count }),
              parts: [{ tone: 'main', value: created.count }],
              to: created.to,
            },
            {
              key: `${date} resolved`,
              text: t('home.volume_resolved', { day: written(date), count: resolved.count }),
              parts: [{ tone: 'done', value: resolved.count }],
              to: resolved.to,
            },
          ],
        }))}
      />
    </ChartPanel>
  )
}

/** How many days are shown; kept in the address. */
function Spans() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<HomeSearch>()
  return ([undefined, '30'] as const).map((days) => (
    <Button
      key={days ?? '14'}
      variant={search.days === days ? 'light' : 'subtle'}
      size="compact-sm"
      aria-pressed={search.days === days}
      onClick={() => setSearch({ days })}
    >
      {t('home.days', { count: days ?? '14' })}
    </Button>
  ))
}

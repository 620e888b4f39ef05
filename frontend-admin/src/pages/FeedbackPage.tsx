import { Tabs } from '@mantine/core'
import { useZone } from 'frontend-shared/i18n'
import { useUrlSearch } from 'frontend-shared/routing'
import { Page } from 'frontend-shared/ui'
import { today } from '../api/days.ts'
import { feedbackExport } from '../api/exports.ts'
import { useT } from '../i18n/feedback.ts'
import { isFiltered } from '../parts/ClearFilters.tsx'
import { ExportButton } from '../parts/ExportButton.tsx'
import type { FeedbackSearch } from '../paths.ts'
import { NO_FILTER, RatingFilters, ResolutionFilters } from './feedback/FeedbackFilters.tsx'
import { Overview } from './feedback/Overview.tsx'
import { PeriodBar } from './feedback/PeriodBar.tsx'
import { periodOf } from './feedback/period.ts'
import { RatingList } from './feedback/RatingList.tsx'
import { ResolutionList } from './feedback/ResolutionList.tsx'

const flag = (value: 'true' | 'false' | undefined) => (value === undefined ? undefined : value === 'true')

/** What customers think of the help they got: the figures of a period and the lists behind them. */
export function FeedbackPage() {
  const t = useT()
  const zone = useZone()
  const [search, setSearch] = useUrlSearch<FeedbackSearch>()
  const { customer, assignee, service, score, reason } = search
  // The overview is of all customers: one customer's ratings are a list.
  const view = search.view ?? (customer === undefined ? 'overview' : 'ratings')
  const chosen = periodOf(search, today(zone), zone)
  const period: FeedbackSearch = { period: search.period, from: search.from, to: search.to }
  const seen = flag(search.seen)
  const filters = { ...chosen.moments, score, customer, assignee, service, reason, seen }
  const rated = flag(search.rated)
  const reopened = flag(search.reopened)

  return (
    <Page
      title={t('feedback.title')}
      intro={t('feedback.intro')}
      width="wide"
      actions={view === 'ratings' && <ExportButton file={feedbackExport(filters)} />}
    >
      <Tabs
        value={view}
        keepMounted={false}
        onChange={(next) =>
          setSearch({
            ...NO_FILTER,
            view: next === 'ratings' || next === 'resolutions' ? next : undefined,
          })
        }
      >
        <Tabs.List mb="md">
          <Tabs.Tab value="overview">{t('feedback.overview')}</Tabs.Tab>
          <Tabs.Tab value="ratings">{t('feedback.ratings')}</Tabs.Tab>
          <Tabs.Tab value="resolutions">{t('feedback.resolutions')}</Tabs.Tab>
        </Tabs.List>
        <PeriodBar search={search} period={chosen} onChange={setSearch} />
        <Tabs.Panel value="overview">
          <Overview chosen={chosen} period={period} zone={zone} />
        </Tabs.Panel>
        <Tabs.Panel value="ratings">
          <RatingFilters search={search} onChange={setSearch} />
          <RatingList filters={filters} filtered={chosen.preset !== 'all' || isFiltered(search, NO_FILTER)} />
        </Tabs.Panel>
        <Tabs.Panel value="resolutions">
          <ResolutionFilters search={search} onChange={setSearch} />
          <ResolutionList filters={{ ...chosen.moments, assignee, service, rated, reopened }} />
        </Tabs.Panel>
      </Tabs>
    </Page>
  )
}

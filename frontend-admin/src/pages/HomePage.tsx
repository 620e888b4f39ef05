import { Suspense } from 'react'
import { Button } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Plus } from 'lucide-react'
import { useFormats, useZone } from 'frontend-shared/i18n'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { useMe } from 'frontend-shared/session'
import { ErrorState, LoadingState, Page } from 'frontend-shared/ui'
import { dashboardQuery } from '../api/dashboard.ts'
import { useT } from '../i18n/index.ts'
import { paths, type HomeSearch } from '../paths.ts'
import { FirstSteps } from './first-steps/index.ts'
import { useFirstStepsWanted } from './first-steps/useFirstStepsWanted.ts'
import { Backlog } from './home/Backlog.tsx'
import { LatestFeedback } from './home/LatestFeedback.tsx'
import { Needed } from './home/Needed.tsx'
import { Shortlist } from './home/Shortlist.tsx'
import { Tiles } from './home/Tiles.tsx'
import { Today } from './home/Today.tsx'
import { Volume } from './home/Volume.tsx'
import classes from './home/lists.module.css'

/** What needs somebody now, and how the desk does. */
export function HomePage() {
  const t = useT()
  const me = useMe()
  const formats = useFormats()
  const [{ days = '14' }] = useUrlSearch<HomeSearch>()
  const [firstSteps, endFirstSteps] = useFirstStepsWanted()
  const query = useQuery(dashboardQuery({ days: Number(days), time_zone: useZone() }))
  return (
    <Page
      title={t('home.title')}
      intro={t('home.hello', { name: me.name })}
      actions={
        <Button component={AppLink} to={paths.newTicket()} leftSection={<Plus size={16} aria-hidden />}>
          {t('tickets.new')}
        </Button>
      }
    >
      {firstSteps && (
        <Suspense fallback={null}>
          <FirstSteps onDone={endFirstSteps} />
        </Suspense>
      )}
      <Tiles />
      <div className={classes.columns}>
        <div className={classes.column}>
          <Shortlist
            title={t('home.waiting')}
            search={{ waiting: 'true', status: ['new', 'open'], sort: 'waiting_since' }}
            empty={t('home.none_waiting')}
          />
          <Shortlist
            title={t('home.needed')}
            search={{ status: ['new', 'open', 'pending', 'on_hold'], assignee: 'none', sort: 'created_at' }}
            empty={t('home.none_needed')}
          />
          {query.data && query.data.needed.reopened > 0 && (
            <Shortlist
              title={t('home.reopened')}
              search={{ reopened: 'true', status: ['new', 'open'] }}
              empty={t('home.none_reopened')}
            />
          )}
        </div>
        <div className={classes.column}>
          {query.isPending ? (
            <LoadingState count={6} />
          ) : query.isError && !query.data ? (
            <ErrorState error={query.error} onRetry={() => void query.refetch()} />
          ) : (
            <>
              <Needed needed={query.data.needed} asOf={query.data.as_of} />
              <Today today={query.data.today} zone={query.data.time_zone} />
              <Backlog backlog={query.data.backlog} zone={query.data.time_zone} />
            </>
          )}
          <Shortlist
            title={t('view.mine')}
            search={{ status: ['new', 'open', 'pending', 'on_hold'], assignee: 'me' }}
            empty={t('home.none_mine')}
          />
          <LatestFeedback />
        </div>
      </div>
      {query.data && (
        <div className={classes.whole}>
          <Volume days={query.data.volume} />
          <p className={classes.asOf}>
            {t('home.as_of', { time: formats.dateTime(query.data.as_of), zone: query.data.time_zone })}
          </p>
        </div>
      )}
    </Page>
  )
}

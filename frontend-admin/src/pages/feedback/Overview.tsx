import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { ErrorState, ExactTime, LoadingState } from 'frontend-shared/ui'
import { feedbackSummaryQuery } from '../../api/feedback.ts'
import { useT } from '../../i18n/feedback.ts'
import type { FeedbackSearch } from '../../paths.ts'
import { Reasons, Scores, Trend } from './Drawings.tsx'
import { FigureTiles } from './FigureTiles.tsx'
import { LowScores } from './LowScores.tsx'
import { PartsTable } from './PartsTable.tsx'
import { RatingList } from './RatingList.tsx'
import type { ReportPeriod } from './period.ts'
import classes from './figures.module.css'

interface OverviewProps {
  chosen: ReportPeriod
  /** The same as the address says it, for links to lists. */
  period: FeedbackSearch
  zone: string
}

/** What customers said in a period: its figures, what waits, and the ratings themselves. */
export function Overview({ chosen, period, zone }: OverviewProps) {
  const t = useT()
  const query = useQuery({
    ...feedbackSummaryQuery({ ...chosen.moments, time_zone: zone }),
    placeholderData: keepPreviousData,
  })
  if (query.isPending) return <LoadingState shape="cards" />
  if (query.isError && !query.data) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  const summary = query.data
  // Without a rating there is nothing to draw; the list below says what to do about it.
  const rated = summary.count > 0
  return (
    <div aria-busy={query.isPlaceholderData}>
      <FigureTiles summary={summary} period={period} />
      <p className={classes.asof}>
        {t('feedback.counts_when')} {t('feedback.as_of', { zone })} <ExactTime time={summary.as_of} />
      </p>
      {rated && <Trend summary={summary} />}
      <div className={classes.pair} data-alone={!rated || undefined}>
        <LowScores count={summary.low_unseen} />
        {rated && (
          <div className={classes.parts}>
            <Scores summary={summary} period={period} />
            <Reasons summary={summary} period={period} />
          </div>
        )}
      </div>
      <div className={classes.parts}>
        <PartsTable
          title={t('feedback.by_assignee')}
          head={t('field.assignee')}
          period={period}
          rows={summary.by_assignee.map(({ assignee, ...figures }) => ({
            key: assignee?.id ?? 'none',
            name: assignee?.name ?? t('pick.nobody'),
            figures,
            search: { assignee: assignee?.id ?? 'none' },
          }))}
        />
        <PartsTable
          title={t('feedback.by_service')}
          head={t('field.service')}
          period={period}
          rows={summary.by_service.map(({ service, ...figures }) => ({
            key: service?.id ?? 'none',
            name: service?.name ?? t('feedback.no_order'),
            figures,
            search: { service: service?.id ?? 'none' },
          }))}
        />
      </div>
      <h2 className={classes.heading}>{t('feedback.ratings')}</h2>
      <RatingList filters={chosen.moments} filtered={chosen.preset !== 'all'} />
    </div>
  )
}

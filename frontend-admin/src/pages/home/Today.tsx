import { useFormats } from 'frontend-shared/i18n'
import { Panel } from 'frontend-shared/ui'
import type { Dashboard } from '../../api/dashboard.ts'
import { dayOf } from '../../api/days.ts'
import { useT } from '../../i18n/index.ts'
import { useDuration } from '../../parts/useDuration.ts'
import { paths } from '../../paths.ts'
import { FigureRow } from './FigureRow.tsx'
import classes from './figures.module.css'

/** Today so far, in the zone in which it was counted. */
export function Today({ today, zone }: { today: Dashboard['today']; zone: string }) {
  const t = useT()
  const formats = useFormats()
  const duration = useDuration()
  const day = dayOf(new Date(today.from), zone)
  const { average, count } = today.rating
  const answered = paths.tickets({ answered_from: day, answered_to: day })
  return (
    <Panel title={t('home.today')} padded={false}>
      <ul className={classes.rows}>
        <FigureRow label={t('home.created')} to={paths.tickets({ created_from: day, created_to: day })}>
          {formats.number(today.created)}
        </FigureRow>
        <FigureRow label={t('home.resolved')} to={paths.tickets({ resolved_from: day, resolved_to: day })}>
          {formats.number(today.resolved)}
        </FigureRow>
        <FigureRow label={t('home.answered')} to={answered}>
          {formats.number(today.answered)}
        </FigureRow>
        <FigureRow label={t('home.response_median')} to={answered}>
          {today.first_response_seconds ? duration(today.first_response_seconds.median) : '–'}
        </FigureRow>
        <FigureRow
          label={t('home.given')}
          detail={
            average === null ? undefined : t('insights.rating_of', { average: formats.number(average) })
          }
          to={paths.feedback({ view: 'ratings', from: day, to: day })}
        >
          {formats.number(count)}
        </FigureRow>
      </ul>
    </Panel>
  )
}

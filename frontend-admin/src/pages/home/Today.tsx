import type { ReactNode } from 'react'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import type { Dashboard } from '../../api/dashboard.ts'
import { dayOf } from '../../api/days.ts'
import { useT } from '../../i18n/index.ts'
import { paths } from '../../paths.ts'
import { useDuration } from '../insights/figures.tsx'
import classes from './figures.module.css'

/** Today so far. */
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
        <Row label={t('home.created')} to={paths.tickets({ created_from: day, created_to: day })}>
          {formats.number(today.created)}
        </Row>
        <Row label={t('home.resolved')} to={paths.tickets({ resolved_from: day, resolved_to: day })}>
          {formats.number(today.resolved)}
        </Row>
        <Row label={t('home.answered')} to={answered}>
          {formats.number(today.answered)}
        </Row>
        <Row label={t('home.response_median')} to={answered}>
          {today.first_response_seconds ? duration(today.first_response_seconds.median) : '–'}
        </Row>
        <Row
          label={t('home.given')}
          detail={
            average === null ? undefined : t('insights.rating_of', { average: formats.number(average) })
          }
          to={paths.feedback({ from: day, to: day })}
        >
          {formats.number(count)}
        </Row>
      </ul>
    </Panel>
  )
}

function Row(props: { label: string; detail?: string | undefined; to: string; children: ReactNode }) {
  return (
    <li>
      <AppLink to={props.to} className={classes.row}>
        <span>
          {props.label}
          {props.detail && <span className={classes.detail}>{props.detail}</span>}
        </span>
        <b className={classes.figure}>{props.children}</b>
      </AppLink>
    </li>
  )
}

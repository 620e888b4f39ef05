import type { ReactNode } from 'react'
import { RelativeTime } from 'frontend-shared/ui'
import type { InsightDetail } from '../../api/insights.ts'
import { useT } from '../../i18n/insights.ts'
import { paths } from '../../paths.ts'
import { Average, Count, StatusCounts, Timing } from './figures.tsx'
import classes from './insights.module.css'

/** One customer's figures at a glance; each leads to what it counts. */
export function FigureTiles({ insight }: { insight: InsightDetail }) {
  const t = useT()
  const { customer, tickets } = insight
  return (
    <dl className={classes.tiles} aria-label={t('insight.figures')}>
      <Tile label={t('insights.tickets')}>
        <Count count={tickets.total} to={paths.tickets({ requester: customer.id })} />
      </Tile>
      <Tile label={t('insight.by_status')} wide>
        <StatusCounts customer={customer.id} tickets={tickets} />
      </Tile>
      <Tile label={t('insights.first_response')}>
        <Timing of={insight.first_response_seconds} />
      </Tile>
      <Tile label={t('insights.resolution')}>
        <Timing of={insight.resolution_seconds} />
      </Tile>
      <Tile label={t('insights.rating')}>
        <Average customer={customer.id} rating={insight.rating} />
      </Tile>
      <Tile label={t('insights.orders')}>
        <Count
          count={insight.services_requested}
          to={paths.tickets({ requester: customer.id, ordered: 'true' })}
        />
      </Tile>
      <Tile label={t('insights.last_activity')}>
        {insight.last_activity_at ? (
          <RelativeTime time={insight.last_activity_at} />
        ) : (
          <span className={classes.meta}>{t('insights.never')}</span>
        )}
      </Tile>
    </dl>
  )
}

function Tile({ label, wide = false, children }: { label: string; wide?: boolean; children: ReactNode }) {
  return (
    <div className={classes.tile} data-wide={wide}>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  )
}

import { AppLink } from 'frontend-shared/routing'
import { Panel, RelativeTime } from 'frontend-shared/ui'
import type { InsightDetail } from '../../api/insights.ts'
import { useT } from '../../i18n/insights.ts'
import { paths } from '../../paths.ts'
import classes from './insights.module.css'

/** What a customer ordered, and how often; each leads to the orders. */
export function OrderedServices(props: { customer: string; services: InsightDetail['services'] }) {
  const t = useT()
  const { customer, services } = props
  return (
    <Panel title={t('insight.services')} padded={false}>
      {services.length === 0 ? (
        <p className={classes.empty}>{t('insight.no_services')}</p>
      ) : (
        <ul className={classes.rows}>
          {services.map(({ service, requests, last_requested_at }) => (
            <li key={service.id}>
              <AppLink to={paths.tickets({ requester: customer, service: service.id })}>
                {service.name}
              </AppLink>
              <span className={classes.when}>
                {t('insight.ordered', { count: requests })} · <RelativeTime time={last_requested_at} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

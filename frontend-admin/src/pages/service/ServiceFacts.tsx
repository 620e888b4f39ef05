import { Anchor, Text } from '@mantine/core'
import type { AdminService } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { ExactTime, Money, Panel, RelativeTime } from 'frontend-shared/ui'
import { useT } from '../../i18n/services.ts'
import { paths } from '../../paths.ts'
import aside from '../ticket/aside.module.css'

/** What of a service is live, beside the working copy. */
export function ServiceFacts({ service }: { service: AdminService }) {
  const t = useT()
  const { published } = service
  return (
    <Panel title={t('service.live')}>
      {service.status !== 'active' && (
        <Text size="sm" c="dimmed" mb="xs">
          {t(service.status === 'retired' ? 'service.is_retired' : 'service.never_live')}
        </Text>
      )}
      <dl className={aside.dates}>
        {service.published_version !== null && (
          <>
            <dt>{t('service.live_version')}</dt>
            <dd>{service.published_version}</dd>
          </>
        )}
        {published && (
          <>
            <dt>{t('field.name')}</dt>
            <dd>{published.name}</dd>
            <dt>{t('service.price')}</dt>
            <dd>
              <Money price={published} />
            </dd>
            <dt>{t('service.form')}</dt>
            <dd>{t('service.fields', { count: published.form.fields.length })}</dd>
          </>
        )}
        {service.published_at && (
          <>
            <dt>{t('service.published_at')}</dt>
            <dd>
              <ExactTime time={service.published_at} dateOnly />
            </dd>
          </>
        )}
        <dt>{t('field.updated')}</dt>
        <dd>
          <RelativeTime time={service.updated_at} />
        </dd>
      </dl>
      <Anchor
        component={AppLink}
        to={paths.tickets({ service: service.id })}
        size="sm"
        mt="sm"
        display="block"
      >
        {t('service.tickets')}
      </Anchor>
    </Panel>
  )
}

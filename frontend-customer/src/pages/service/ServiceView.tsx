import { Button } from '@mantine/core'
import type { CustomerServiceDetail } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Money, Page, Panel, Prose, ServiceIcon } from 'frontend-shared/ui'
import { CircleSlash, Sparkles } from 'lucide-react'
import { useRef, useState, type ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import { Callout } from '../../parts/Callout.tsx'
import { Delivery } from '../../parts/Delivery.tsx'
import { useSteadyFocus } from '../../parts/useSteadyFocus.ts'
import { paths } from '../../paths.ts'
import { OrderForm } from './OrderForm.tsx'
import classes from './ServiceView.module.css'

interface ServiceViewProps {
  /** As it is offered now, or was last. */
  current: CustomerServiceDetail
  /** True when it is no longer offered. */
  gone: boolean
}

/**
 * A service and its order form. Both stay at the version the page was opened with until
 * the reader asks for a newer one: a form does not change under somebody's hands.
 */
export function ServiceView({ current, gone }: ServiceViewProps) {
  const t = useT()
  const [service, setService] = useState(current)
  const notices = useRef<HTMLDivElement>(null)
  useSteadyFocus(notices)
  const newer = !gone && current.service_version !== service.service_version

  return (
    <Page
      title={service.name}
      intro={service.summary}
      back={{ to: paths.services({ category: service.category }), label: t('service.back') }}
    >
      <div className={classes.head}>
        <ServiceIcon name={service.icon} size={48} />
        <dl className={classes.strip}>
          <StripFact name={t('service.price')}>
            <Money price={service} />
          </StripFact>
          <StripFact name={t('service.delivery')}>
            <Delivery days={service.delivery_days} />
          </StripFact>
          <StripFact name={t('service.category')}>{service.category}</StripFact>
        </dl>
      </div>
      <div ref={notices} className={classes.notices}>
        {newer && (
          <Callout
            live
            tone="attention"
            icon={Sparkles}
            title={t('service.new_version')}
            text={t('service.new_version_text')}
          >
            <Button variant="default" onClick={() => setService(current)}>
              {t('service.use_new_version')}
            </Button>
          </Callout>
        )}
        {gone && (
          <Callout
            live
            tone="attention"
            icon={CircleSlash}
            title={t('service.retired')}
            text={t('service.retired_text')}
          >
            <Button variant="default" component={AppLink} to={paths.services()}>
              {t('service.back')}
            </Button>
          </Callout>
        )}
      </div>
      <div className={classes.columns}>
        {service.description_html !== '' && (
          <Panel title={t('service.about')}>
            <Prose html={service.description_html} />
          </Panel>
        )}
        <Panel title={t('service.order_title')}>
          <OrderForm service={service} disabled={gone} />
        </Panel>
      </div>
    </Page>
  )
}

function StripFact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <div className={classes.fact}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  )
}

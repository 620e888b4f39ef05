import type { CustomerService } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { Highlight, Money, ServiceIcon } from 'frontend-shared/ui'
import { Clock } from 'lucide-react'
import { paths } from '../paths.ts'
import { Delivery } from './Delivery.tsx'
import classes from './ServiceCard.module.css'

/** A service in the catalog: what it is, what it costs, when it is there. */
export function ServiceCard({ service }: { service: CustomerService }) {
  return (
    <article className={classes.card}>
      <ServiceIcon name={service.icon} />
      <div>
        <h3 className={classes.name}>
          <AppLink to={paths.service(service.id)}>
            <Highlight segments={service.highlights?.title} fallback={service.name} />
          </AppLink>
        </h3>
        <p className={classes.summary}>
          <Highlight segments={service.highlights?.snippet} fallback={service.summary} />
        </p>
      </div>
      <div className={classes.foot}>
        <span className={classes.price}>
          <Money price={service} />
        </span>
        <span className={classes.delivery}>
          <Clock size={15} aria-hidden />
          <Delivery days={service.delivery_days} />
        </span>
      </div>
    </article>
  )
}

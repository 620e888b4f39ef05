import { Anchor } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { AppLink } from 'frontend-shared/routing'
import { CardGrid, ErrorState, LoadingState } from 'frontend-shared/ui'
import { servicesQuery } from '../../api/services.ts'
import { useT } from '../../i18n/index.ts'
import { ServiceCard } from '../../parts/ServiceCard.tsx'
import { paths } from '../../paths.ts'
import classes from './Dashboard.module.css'

const SHOWN = 4

/** A few services to order, and the way to all. */
export function FeaturedServices() {
  const t = useT()
  const query = useInfiniteQuery(servicesQuery({ limit: SHOWN }))
  const services = rowsOf(query.data)
  if (query.data && services.length === 0) return null
  return (
    <section aria-labelledby="featured-services">
      <div className={classes.sectionHead}>
        <h2 id="featured-services">{t('dashboard.services')}</h2>
        <Anchor component={AppLink} to={paths.services()} size="sm" fw={600}>
          {t('dashboard.all_services')}
        </Anchor>
      </div>
      {query.isPending && <LoadingState shape="cards" count={SHOWN} />}
      {query.isError && !query.data && (
        <ErrorState error={query.error} onRetry={() => void query.refetch()} />
      )}
      <CardGrid min="md">
        {services.map((service) => (
          <ServiceCard key={service.id} service={service} />
        ))}
      </CardGrid>
    </section>
  )
}

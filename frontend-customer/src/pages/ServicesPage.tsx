import { Button, VisuallyHidden } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import type { CategoryCount, CustomerService } from 'frontend-shared/api'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import {
  CardGrid,
  EmptyState,
  LoadingState,
  Page,
  PagedList,
  SearchField,
  ServiceGlyph,
} from 'frontend-shared/ui'
import { SearchX, ShoppingBag } from 'lucide-react'
import { servicesQuery } from '../api/services.ts'
import { useT } from '../i18n/index.ts'
import { CategoryFilter } from '../parts/CategoryFilter.tsx'
import { ServiceCard } from '../parts/ServiceCard.tsx'
import { paths, type ServicesSearch } from '../paths.ts'
import classes from '../parts/Browse.module.css'

export function ServicesPage() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<ServicesSearch>()
  const query = useInfiniteQuery({ ...servicesQuery(search), placeholderData: keepPreviousData })

  return (
    <Page title={t('services.title')} intro={t('services.intro')}>
      <div className={classes.filters}>
        <SearchField
          className={classes.search ?? ''}
          size="md"
          aria-label={t('services.search')}
          placeholder={t('services.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <CategoryFilter
          label={t('services.category')}
          categories={query.data?.pages[0]?.categories}
          chosen={search.category}
          onChange={(category) => setSearch({ category })}
        />
      </div>
      <PagedList query={query} loading={<LoadingState shape="cards" />} empty={<Nothing search={search} />}>
        {/* A search is in order of relevance; groups would tear it apart. */}
        {(rows) =>
          search.q ? (
            <section aria-label={t('dashboard.results')}>
              <VisuallyHidden component="h2">{t('dashboard.results')}</VisuallyHidden>
              <Cards services={rows} />
            </section>
          ) : (
            <Grouped services={rows} order={query.data?.pages[0]?.categories ?? []} />
          )
        }
      </PagedList>
    </Page>
  )
}

function Cards({ services }: { services: CustomerService[] }) {
  return (
    <CardGrid min="md">
      {services.map((service) => (
        <ServiceCard key={service.id} service={service} />
      ))}
    </CardGrid>
  )
}

interface GroupedProps {
  services: CustomerService[]
  /** All categories, in the order of the desk. */
  order: CategoryCount[]
}

function Grouped({ services, order }: GroupedProps) {
  return order.map(({ category, icon }) => {
    const members = services.filter((service) => service.category === category)
    if (members.length === 0) return null
    return (
      <section key={category} className={classes.group} aria-label={category}>
        <h2 className={classes.heading}>
          <ServiceGlyph name={icon} size={20} />
          {category}
        </h2>
        <Cards services={members} />
      </section>
    )
  })
}

function Nothing({ search }: { search: ServicesSearch }) {
  const t = useT()
  if (!search.q && !search.category) {
    return (
      <EmptyState icon={ShoppingBag} title={t('services.none')}>
        {t('services.none_text')}
      </EmptyState>
    )
  }
  return (
    <EmptyState
      icon={SearchX}
      title={t('services.none_found')}
      action={
        <Button component={AppLink} to={paths.newTicket()}>
          {t('help.open_ticket')}
        </Button>
      }
    >
      {t('services.none_found_text')}
    </EmptyState>
  )
}

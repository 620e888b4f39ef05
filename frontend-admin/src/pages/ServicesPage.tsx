import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Plus, ShoppingBag } from 'lucide-react'
import type { AdminService, ServiceStatus } from 'frontend-shared/api'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import {
  DataList,
  EmptyState,
  Money,
  Page,
  RelativeTime,
  SearchField,
  ServiceIcon,
  type Column,
} from 'frontend-shared/ui'
import { servicesQuery } from '../api/services.ts'
import { useT, type T } from '../i18n/services.ts'
import { CategoryFilter } from '../parts/CategoryFilter.tsx'
import { ContentBadges } from '../parts/ContentBadges.tsx'
import { FilterMenu } from '../parts/FilterMenu.tsx'
import { paths, type ServicesSearch } from '../paths.ts'
import { useMainSearch } from '../shortcuts/search.ts'
import filters from '../parts/filters.module.css'
import classes from './services/services.module.css'

const STATUSES: ServiceStatus[] = ['draft', 'active', 'retired']

/** The catalog as staff see it: drafts and retired services, too. */
export function ServicesPage() {
  const t = useT()
  const isAdmin = useIsAdmin()
  const main = useMainSearch()
  const [search, setSearch] = useUrlSearch<ServicesSearch>()
  const query = useInfiniteQuery({ ...servicesQuery(search), placeholderData: keepPreviousData })
  const filtered = Object.values(search).some((value) => value !== undefined)

  const columns = serviceColumns(t)

  const create = isAdmin && (
    <Button component={AppLink} to={paths.newService()} leftSection={<Plus size={16} aria-hidden />}>
      {t('new_service.title')}
    </Button>
  )

  return (
    <Page
      title={t('services.title')}
      width="wide"
      intro={!isAdmin && t('services.read_only')}
      actions={
        <>
          <Button component={AppLink} to={paths.categories()} variant="default">
            {t('categories.title')}
          </Button>
          {create}
        </>
      }
    >
      <search className={filters.bar}>
        <SearchField
          {...main}
          className={filters.search ?? ''}
          aria-label={t('services.search')}
          placeholder={t('services.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <FilterMenu
          label={t('field.status')}
          options={STATUSES.map((value) => ({ value, label: t(`content.${value}`) }))}
          value={search.status}
          onChange={(status) => setSearch({ status })}
        />
        <CategoryFilter
          categories={query.data?.pages[0]?.categories ?? []}
          value={search.category}
          onChange={(category) => setSearch({ category })}
        />
      </search>
      <DataList
        query={query}
        columns={columns}
        label={t('services.title')}
        empty={
          <EmptyState icon={ShoppingBag} title={t('services.empty')} action={!filtered && create}>
            {t(filtered ? 'common.empty_filtered' : 'services.empty_detail')}
          </EmptyState>
        }
      />
    </Page>
  )
}

function Name({ service }: { service: AdminService }) {
  return (
    <AppLink to={paths.service(service.id)} className={classes.name}>
      <ServiceIcon name={service.icon} size={34} />
      <span className={classes.words}>
        <span className={classes.title}>{service.name}</span>
        {service.summary && <span className={classes.summary}>{service.summary}</span>}
      </span>
    </AppLink>
  )
}

const serviceColumns = (t: T): Column<AdminService>[] => [
  { key: 'name', header: t('field.service'), grows: true, cell: (row) => <Name service={row} /> },
  {
    key: 'status',
    header: t('field.status'),
    cell: (row) => (
      <div className={classes.badges}>
        <ContentBadges status={row.status} hasDraft={row.has_draft} />
      </div>
    ),
  },
  { key: 'category', header: t('field.category'), cell: (row) => row.category },
  { key: 'price', header: t('service.price'), cell: (row) => <Money price={row} /> },
  { key: 'owner', header: t('service.owner'), wideOnly: true, cell: (row) => row.owner?.name ?? '–' },
  {
    key: 'updated',
    header: t('field.updated'),
    align: 'end',
    cell: (row) => <RelativeTime time={row.updated_at} />,
  },
]

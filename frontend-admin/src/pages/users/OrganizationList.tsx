import { Anchor } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Building2 } from 'lucide-react'
import type { Organization } from 'frontend-shared/api'
import { useFormats, type Formats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { DataList, EmptyState, ExactTime, SearchField, type Column } from 'frontend-shared/ui'
import type { ReactNode } from 'react'
import { organizationsQuery } from '../../api/people.ts'
import { useT, type T } from '../../i18n/people.ts'
import { paths } from '../../paths.ts'
import { useMainSearch } from '../../shortcuts/search.ts'
import filters from '../../parts/filters.module.css'

interface OrganizationListProps {
  q: string | undefined
  onSearch: (q: string | undefined) => void
  /** How the first one is made, for those who may. */
  create: ReactNode
}

/** The organizations of customers, each with the way to its people and its tickets. */
export function OrganizationList({ q, onSearch, create }: OrganizationListProps) {
  const t = useT()
  const formats = useFormats()
  const main = useMainSearch()
  const query = useInfiniteQuery({ ...organizationsQuery(q), placeholderData: keepPreviousData })

  const columns = organizationColumns(t, formats)

  return (
    <>
      <search className={filters.bar}>
        <SearchField
          {...main}
          className={filters.search ?? ''}
          aria-label={t('organizations.search')}
          placeholder={t('organizations.search')}
          value={q}
          onSearch={onSearch}
        />
      </search>
      <DataList
        query={query}
        columns={columns}
        label={t('organizations.title')}
        empty={
          <EmptyState icon={Building2} title={t('organizations.empty')} action={q === undefined && create}>
            {t(q === undefined ? 'organizations.empty_detail' : 'common.empty_filtered')}
          </EmptyState>
        }
      />
    </>
  )
}

const organizationColumns = (t: T, formats: Formats): Column<Organization>[] => [
  {
    key: 'name',
    header: t('field.name'),
    grows: true,
    cell: (row) => (
      <Anchor component={AppLink} to={paths.organization(row.id)} fw={600} size="sm" c="inherit">
        {row.name}
      </Anchor>
    ),
  },
  {
    key: 'members',
    header: t('organizations.members'),
    align: 'end',
    cell: (row) => formats.number(row.members),
  },
  {
    key: 'tickets',
    header: t('nav.tickets'),
    cell: (row) => (
      <Anchor component={AppLink} to={paths.tickets({ organization: row.id })} size="sm">
        {t('organizations.tickets')}
      </Anchor>
    ),
  },
  {
    key: 'created',
    header: t('field.created'),
    align: 'end',
    wideOnly: true,
    cell: (row) => <ExactTime time={row.created_at} dateOnly />,
  },
]

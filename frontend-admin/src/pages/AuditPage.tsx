import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { ScrollText } from 'lucide-react'
import { useZone } from 'frontend-shared/i18n'
import { useUrlSearch } from 'frontend-shared/routing'
import { DataList, EmptyState, Page } from 'frontend-shared/ui'
import { auditQuery } from '../api/audit.ts'
import { useT } from '../i18n/people.ts'
import { AdminsOnly } from '../parts/AdminsOnly.tsx'
import { isFiltered } from '../parts/ClearFilters.tsx'
import { paths, type AuditSearch } from '../paths.ts'
import { auditColumns } from './audit/columns.tsx'
import { AuditFilters, NO_FILTER } from './audit/AuditFilters.tsx'

export function AuditPage() {
  const t = useT()
  return (
    <AdminsOnly
      title={t('audit.title')}
      back={{ to: paths.users(), label: t('users.title') }}
      detail={t('audit.admins_only')}
    >
      <Audit />
    </AdminsOnly>
  )
}

/** Every write that matters for security: who did what, to whom, when. */
function Audit() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<AuditSearch>()
  const query = useInfiniteQuery({ ...auditQuery(search, useZone()), placeholderData: keepPreviousData })
  return (
    <Page
      title={t('audit.title')}
      intro={t('audit.intro')}
      width="wide"
      back={{ to: paths.users(), label: t('users.title') }}
    >
      <AuditFilters search={search} onChange={setSearch} />
      <DataList
        query={query}
        columns={auditColumns(t)}
        label={t('audit.title')}
        empty={
          <EmptyState icon={ScrollText} title={t('audit.empty')}>
            {t(isFiltered(search, NO_FILTER) ? 'common.empty_filtered' : 'audit.empty_detail')}
          </EmptyState>
        }
      />
    </Page>
  )
}

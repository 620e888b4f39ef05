import { Select } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { Users } from 'lucide-react'
import { useFormats } from 'frontend-shared/i18n'
import { useUrlSearch } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { DataList, EmptyState, Page, SearchField } from 'frontend-shared/ui'
import { insightsExport } from '../api/exports.ts'
import { insightsQuery } from '../api/insights.ts'
import { DEFAULT_INSIGHT_SORT, INSIGHT_FIGURES, INSIGHT_SORTS, nextSort } from '../api/insightSorts.ts'
import { useT } from '../i18n/insights.ts'
import { AddPeople } from '../parts/AddPeople.tsx'
import { ExportButton } from '../parts/ExportButton.tsx'
import { OrganizationPicker } from '../parts/pickers.tsx'
import type { InsightsSearch } from '../paths.ts'
import { useMainSearch } from '../shortcuts/search.ts'
import filters from '../parts/filters.module.css'
import { insightColumns } from './insights/columns.tsx'
import classes from './insights/insights.module.css'

/** How every customer fares, by any figure. */
export function InsightsPage() {
  const t = useT()
  const formats = useFormats()
  const main = useMainSearch()
  const [search, setSearch] = useUrlSearch<InsightsSearch>()
  const isAdmin = useIsAdmin()
  const filtered = search.q !== undefined || search.organization !== undefined
  const sort = search.sort ?? DEFAULT_INSIGHT_SORT
  const query = useInfiniteQuery({ ...insightsQuery(search), placeholderData: keepPreviousData })
  const asOf = query.data?.pages[0]?.items[0]?.as_of
  const columns = insightColumns(t, {
    sort,
    onSort: (figure) => setSearch({ sort: nextSort(figure, sort) }),
  })

  return (
    <Page
      title={t('insights.title')}
      intro={t('insights.intro')}
      width="wide"
      actions={<ExportButton file={insightsExport(search)} />}
    >
      <search className={filters.bar}>
        <SearchField
          {...main}
          className={filters.search ?? ''}
          aria-label={t('insights.search')}
          placeholder={t('insights.search')}
          value={search.q}
          onSearch={(q) => setSearch({ q })}
        />
        <OrganizationPicker
          className={filters.select ?? ''}
          aria-label={t('field.organization')}
          placeholder={t('insights.any_organization')}
          value={search.organization}
          onChange={(organization) => setSearch({ organization })}
        />
        <Select
          className={`${filters.select} ${filters.order} ${classes.order}`}
          aria-label={t('insights.sort')}
          allowDeselect={false}
          data={INSIGHT_FIGURES.flatMap((figure) => {
            const name = t(`insight_sort.${figure}`)
            return [
              { value: `-${figure}`, label: t('insights.greatest', { figure: name }) },
              { value: figure, label: t('insights.least', { figure: name }) },
            ]
          })}
          value={sort}
          onChange={(value) => setSearch({ sort: INSIGHT_SORTS.find((item) => item === value) })}
        />
      </search>
      <div className={classes.list} aria-busy={query.isPlaceholderData}>
        <DataList
          query={query}
          columns={columns}
          label={t('insights.title')}
          empty={
            <EmptyState
              icon={Users}
              title={t('insights.empty')}
              action={isAdmin && !filtered && <AddPeople />}
            >
              {t(filtered ? 'insights.empty_detail' : 'insights.none_detail')}
            </EmptyState>
          }
        />
      </div>
      {asOf && (
        <p className={classes.explained}>
          {t('insights.as_of', { time: formats.dateTime(asOf) })} {t('insights.explained')}
        </p>
      )}
    </Page>
  )
}

import { Button } from '@mantine/core'
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { Plus, SearchX } from 'lucide-react'
import { useFormats, useZone } from 'frontend-shared/i18n'
import { AppLink, useUrlSearch, writeSearch } from 'frontend-shared/routing'
import { EmptyState, Page, PagedList } from 'frontend-shared/ui'
import { ticketsExport } from '../api/exports.ts'
import { countsQuery, ticketsQuery } from '../api/tickets.ts'
import { useT } from '../i18n/tickets.ts'
import { ExportButton } from '../parts/ExportButton.tsx'
import { paths, type TicketsSearch } from '../paths.ts'
import { TicketFilters } from './tickets/TicketFilters.tsx'
import { TicketTable } from './tickets/TicketTable.tsx'
import { ViewList } from './tickets/ViewList.tsx'
import classes from './tickets/TicketsPage.module.css'

/** All tickets of all customers, in one live list. */
export function TicketsPage() {
  const t = useT()
  const [search, setSearch] = useUrlSearch<TicketsSearch>()
  const zone = useZone()
  const query = useInfiniteQuery({ ...ticketsQuery(search, zone), placeholderData: keepPreviousData })
  const pages = query.data?.pages.length ?? 0
  // While the next list loads, the rows of the last one stand in: they are not yet a new list.
  const list = JSON.stringify([query.isPlaceholderData ? 'last' : search, pages])

  return (
    <Page
      title={t('tickets.title')}
      width="wide"
      actions={
        <>
          <ExportButton file={ticketsExport(search, zone)} />
          <Button component={AppLink} to={paths.newTicket()} leftSection={<Plus size={16} aria-hidden />}>
            {t('tickets.new')}
          </Button>
        </>
      }
    >
      <div className={classes.layout}>
        <ViewList search={search} />
        <div className={classes.list}>
          <TicketFilters search={search} onChange={setSearch} />
          <Total search={search} />
          <div aria-busy={query.isPlaceholderData}>
            <PagedList
              query={query}
              empty={
                <EmptyState icon={SearchX} title={t('tickets.empty')}>
                  {t(writeSearch(search) === '' ? 'tickets.none_detail' : 'tickets.empty_detail')}
                </EmptyState>
              }
            >
              {(rows) => <TicketTable list={list} search={search} rows={rows} />}
            </PagedList>
          </div>
        </div>
      </div>
    </Page>
  )
}

function Total({ search }: { search: TicketsSearch }) {
  const { sort: _, ...filters } = search
  const t = useT()
  const formats = useFormats()
  const { data } = useQuery(countsQuery(filters, useZone()))
  return (
    <p className={classes.total} role="status">
      {data &&
        (data.more
          ? t('tickets.total_more', { total: formats.number(data.total) })
          : t('tickets.total', { count: data.total }))}
    </p>
  )
}

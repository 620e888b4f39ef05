import { Button, Table, Text, UnstyledButton } from '@mantine/core'
import type { InfiniteData, UseInfiniteQueryResult } from '@tanstack/react-query'
import { ArrowDown, ArrowUp } from 'lucide-react'
import type { ReactNode } from 'react'
import { rowsOf } from '../api/pages.ts'
import type { Page } from '../api/types.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { ErrorState, LoadingState } from './states.tsx'
import classes from './DataList.module.css'

type PagedResult<T> = UseInfiniteQueryResult<InfiniteData<Page<T>>>

interface PagedListProps<T extends { id: string }> {
  query: PagedResult<T>
  /** Shown when there is not one row. */
  empty: ReactNode
  loading?: ReactNode
  children: (rows: T[]) => ReactNode
}

/** A keyset list in any dress: outline while loading, error with retry, empty, "show more". */
export function PagedList<T extends { id: string }>({ query, empty, loading, children }: PagedListProps<T>) {
  const t = useSharedT()
  if (query.isPending) return loading ?? <LoadingState />
  if (query.isError && !query.data) {
    return <ErrorState error={query.error} onRetry={() => void query.refetch()} />
  }
  const rows = rowsOf(query.data)
  if (rows.length === 0) return empty
  return (
    <>
      {children(rows)}
      <div className={classes.more}>
        {query.hasNextPage ? (
          <Button
            variant="default"
            loading={query.isFetchingNextPage}
            onClick={() => void query.fetchNextPage()}
          >
            {t('common.load_more')}
          </Button>
        ) : (
          query.data.pages.length > 1 && (
            <Text size="sm" c="dimmed">
              {t('common.all_shown')}
            </Text>
          )
        )}
      </div>
    </>
  )
}

export interface Column<T> {
  key: string
  header: string
  cell: (row: T) => ReactNode
  /** end: figures. */
  align?: 'start' | 'end'
  /** Left out of the table on narrow screens. */
  wideOnly?: boolean
  /** The column that takes the room that is left. */
  grows?: boolean
  /** On phones, where the head is not seen, the header stands before the cell. */
  labelled?: boolean
  /** Makes the header a button that orders the list by this column. */
  sort?: { order: 'ascending' | 'descending' | undefined; onSort: () => void }
}

function Header<T>({ column }: { column: Column<T> }) {
  if (!column.sort) return column.header
  const { order, onSort } = column.sort
  const Icon = order === 'ascending' ? ArrowUp : ArrowDown
  return (
    <UnstyledButton className={classes.sort} onClick={onSort} data-on={order !== undefined}>
      {column.header}
      <Icon size={13} aria-hidden />
    </UnstyledButton>
  )
}

interface DataListProps<T extends { id: string }> {
  query: PagedResult<T>
  columns: Column<T>[]
  /** Names the table for screen readers. */
  label: string
  empty: ReactNode
  /** The row's own link belongs into its first cell; this only dresses the row. */
  rowTone?: (row: T) => 'attention' | undefined
}

/** A keyset list as a table. On phones each row becomes a small card. */
export function DataList<T extends { id: string }>(props: DataListProps<T>) {
  const { query, columns, label, empty, rowTone } = props
  return (
    <PagedList query={query} empty={empty}>
      {(rows) => (
        <div className={classes.frame}>
          <Table className={classes.table} aria-label={label}>
            <Table.Thead>
              <Table.Tr>
                {columns.map((column) => (
                  <Table.Th
                    key={column.key}
                    scope="col"
                    aria-sort={column.sort?.order}
                    data-align={column.align}
                    data-wide-only={column.wideOnly}
                    data-grows={column.grows}
                  >
                    <Header column={column} />
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {rows.map((row) => (
                <Table.Tr key={row.id} data-tone={rowTone?.(row)}>
                  {columns.map((column) => (
                    <Table.Td
                      key={column.key}
                      data-align={column.align}
                      data-wide-only={column.wideOnly}
                      data-grows={column.grows}
                      data-label={column.labelled ? column.header : undefined}
                    >
                      {column.cell(row)}
                    </Table.Td>
                  ))}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      )}
    </PagedList>
  )
}

import { Button, Table } from '@mantine/core'
import { ChartColumn, Table2 } from 'lucide-react'
import { Panel } from 'frontend-shared/ui'
import { useState, type ReactNode } from 'react'
import { useT } from '../../i18n/index.ts'
import classes from './charts.module.css'

export interface ChartTable {
  /** The first names the rows, the others are figures. */
  head: string[]
  rows: { key: string; cells: ReactNode[] }[]
}

interface ChartPanelProps {
  title: string
  /** The same figures as the drawing, to read. */
  table: ChartTable
  note?: string | undefined
  /** What else can be changed about it. */
  actions?: ReactNode
  children: ReactNode
}

/** A drawing with the table behind it; a button changes between the two. */
export function ChartPanel({ title, table, note, actions, children }: ChartPanelProps) {
  const t = useT()
  const [reading, setReading] = useState(false)
  const Icon = reading ? ChartColumn : Table2
  return (
    <Panel
      title={title}
      actions={
        <div className={classes.actions}>
          {actions}
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Icon size={15} aria-hidden />}
            aria-label={t(reading ? 'chart.draw_of' : 'chart.table_of', { title })}
            onClick={() => setReading(!reading)}
          >
            {t(reading ? 'chart.draw' : 'chart.table')}
          </Button>
        </div>
      }
    >
      {reading ? (
        <div className={classes.table}>
          <Table aria-label={title}>
            <Table.Thead>
              <Table.Tr>
                {table.head.map((name, at) => (
                  <Table.Th key={name} scope="col" data-end={at > 0 || undefined}>
                    {name}
                  </Table.Th>
                ))}
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {table.rows.map(({ key, cells }) => (
                <Table.Tr key={key}>
                  {cells.map((cell, at) =>
                    at === 0 ? (
                      <Table.Th key={table.head[at]} scope="row" fw={500}>
                        {cell}
                      </Table.Th>
                    ) : (
                      <Table.Td key={table.head[at]} data-end>
                        {cell}
                      </Table.Td>
                    ),
                  )}
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </div>
      ) : (
        children
      )}
      {note && <p className={classes.note}>{note}</p>}
    </Panel>
  )
}

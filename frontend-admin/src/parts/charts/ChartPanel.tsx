import { Button } from '@mantine/core'
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

/**
 * A drawing with the table behind it; a button changes between the two. The library's table would
 * bring twenty kilobytes of scrolling and floating parts to the first page.
 */
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
          <table aria-label={title}>
            <thead>
              <tr>
                {table.head.map((name) => (
                  <th key={name} scope="col">
                    {name}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {table.rows.map(({ key, cells: [name, ...figures] }) => (
                <tr key={key}>
                  <th scope="row">{name}</th>
                  {figures.map((figure, at) => (
                    <td key={table.head[at + 1]}>{figure}</td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      ) : (
        children
      )}
      {note && <p className={classes.note}>{note}</p>}
    </Panel>
  )
}

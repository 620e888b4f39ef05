import { Table } from '@mantine/core'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import type { FeedbackFigures } from '../../api/feedback.ts'
import { useT } from '../../i18n/feedback.ts'
import { paths, type FeedbackSearch } from '../../paths.ts'
import { FEW } from './FigureTiles.tsx'
import classes from './figures.module.css'

export interface PartRow {
  key: string
  name: string
  figures: FeedbackFigures
  /** What limits a list to this row. */
  search: FeedbackSearch
}

interface PartsTableProps {
  title: string
  /** What the rows are. */
  head: string
  rows: PartRow[]
  period: FeedbackSearch
}

/** Left out on phones. */
const WIDE = new Set(['resolutions', 'response_rate'])

/** The figures by agent or service, each with its list behind it. */
export function PartsTable({ title, head, rows, period }: PartsTableProps) {
  const t = useT()
  const { number, percent } = useFormats()
  const link = (view: 'ratings' | 'resolutions', search: FeedbackSearch, value: number) =>
    value === 0 ? (
      number(value)
    ) : (
      <AppLink to={paths.feedback({ view, ...period, ...search })} withSearch>
        {number(value)}
      </AppLink>
    )
  if (rows.length === 0) {
    return (
      <Panel title={title}>
        <span className={classes.few}>{t('feedback.nothing_yet')}</span>
      </Panel>
    )
  }
  return (
    <Panel title={title} padded={false}>
      <div className={classes.scroll}>
        <Table className={classes.table} aria-label={title}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{head}</Table.Th>
              {(['ratings', 'satisfied', 'average', 'resolutions', 'response_rate'] as const).map((name) => (
                <Table.Th key={name} scope="col" data-end data-wide={WIDE.has(name) || undefined}>
                  {t(`feedback.${name}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {rows.map(({ key, name, figures, search }) => (
              <Table.Tr key={key}>
                <Table.Th scope="row" fw={500}>
                  {name}
                  {figures.count > 0 && figures.count < FEW && (
                    <span className={classes.few}>{t('feedback.few')}</span>
                  )}
                </Table.Th>
                <Table.Td data-end>{link('ratings', search, figures.count)}</Table.Td>
                <Table.Td data-end>
                  {figures.satisfied_percent === null ? '–' : percent(figures.satisfied_percent / 100)}
                </Table.Td>
                <Table.Td data-end>{figures.average === null ? '–' : number(figures.average)}</Table.Td>
                <Table.Td data-end data-wide>
                  {link('resolutions', search, figures.resolutions)}
                </Table.Td>
                <Table.Td data-end data-wide>
                  {figures.response_rate === null ? '–' : percent(figures.response_rate)}
                </Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  )
}

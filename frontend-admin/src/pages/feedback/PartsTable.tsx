import { Table } from '@mantine/core'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import { FEW, type FeedbackFigures } from '../../api/feedback.ts'
import { useT } from '../../i18n/feedback.ts'
import { paths, type FeedbackSearch } from '../../paths.ts'
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

/** The figures by agent or service, each with its list behind it. */
export function PartsTable({ title, head, rows, period }: PartsTableProps) {
  const t = useT()
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
                <Table.Th key={name} scope="col" data-end>
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
                    <span className={classes.few}>{t('feedback.few', { count: FEW })}</span>
                  )}
                </Table.Th>
                <Figures figures={figures} period={{ ...period, ...search }} />
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </div>
    </Panel>
  )
}

/** The figures of one row, each with the list it was counted from. */
function Figures({ figures, period }: { figures: FeedbackFigures; period: FeedbackSearch }) {
  const { number, percent } = useFormats()
  const { count, satisfied_percent: satisfied, average, resolutions, response_rate: rate } = figures
  const ratings: FeedbackSearch = { view: 'ratings', ...period }
  const resolved: FeedbackSearch = { view: 'resolutions', ...period }
  const cells: { key: string; text: string | null; of: FeedbackSearch }[] = [
    { key: 'ratings', text: count === 0 ? null : number(count), of: ratings },
    {
      key: 'satisfied',
      text: satisfied === null ? null : percent(satisfied / 100),
      of: { ...ratings, score: ['4', '5'] },
    },
    { key: 'average', text: average === null ? null : number(average), of: ratings },
    { key: 'resolutions', text: resolutions === 0 ? null : number(resolutions), of: resolved },
    { key: 'response', text: rate === null ? null : percent(rate), of: { ...resolved, rated: 'true' } },
  ]
  return cells.map(({ key, text, of }) => (
    <Table.Td key={key} data-end>
      {text === null ? (
        '–'
      ) : (
        <AppLink to={paths.feedback(of)} withSearch>
          {text}
        </AppLink>
      )}
    </Table.Td>
  ))
}

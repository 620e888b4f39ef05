import { Anchor, Badge, Button, Checkbox, Table, Text } from '@mantine/core'
import { Download } from 'lucide-react'
import { useFormats } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { Panel } from 'frontend-shared/ui'
import { useState, type ReactNode } from 'react'
import type { ImportLine, UserImport } from '../../api/import.ts'
import { useT } from '../../i18n/people.ts'
import { paths } from '../../paths.ts'
import { MakeLink } from './MakeLink.tsx'
import { saveFile } from '../../parts/saveFile.ts'
import { problemsFile } from './download.ts'
import classes from './import.module.css'

const OUTCOMES = ['create', 'update', 'unchanged', 'error'] as const
const COLOURS = { create: 'green', update: 'blue', unchanged: 'gray', error: 'red' } as const
/** Rows that are shown at a time: ten thousand would make the page slow. */
const SHOWN = 100

interface ImportReportProps {
  report: UserImport
  fileName: string
  actions: ReactNode
}

/** What becomes, or became, of every line: figures first, then the lines. */
export function ImportReport({ report, fileName, actions }: ImportReportProps) {
  const t = useT()
  const formats = useFormats()
  const added = !report.dry_run && report.counts.create > 0
  // Those who were added are looked at next: they have no password.
  const [onlyProblems, setOnlyProblems] = useState(report.counts.error > 0 && !added)
  const [shown, setShown] = useState(SHOWN)
  const lines = onlyProblems ? report.lines.filter((line) => line.outcome === 'error') : report.lines
  const tense = report.dry_run ? 'would' : 'did'
  return (
    <Panel title={t(report.dry_run ? 'import.preview' : 'import.result')}>
      <dl className={classes.figures} role="status">
        {OUTCOMES.map((outcome) => (
          <div key={outcome} data-outcome={outcome} data-none={report.counts[outcome] === 0}>
            <dt>{t(`import.${tense}.${outcome}`)}</dt>
            <dd>{formats.number(report.counts[outcome])}</dd>
          </div>
        ))}
      </dl>
      {report.organizations.length > 0 && (
        <Text size="sm" mb="md">
          {t(`import.${tense}.organizations`, { count: report.organizations.length })}{' '}
          <span className={classes.names}>{report.organizations.slice(0, 12).join(', ')}</span>
          {report.organizations.length > 12 && ' …'}
        </Text>
      )}
      {added && (
        <Text size="sm" mb="md">
          {t('import.links')}
        </Text>
      )}
      <div className={classes.acts}>{actions}</div>
      <div className={classes.bar}>
        <Checkbox
          label={t('import.only_problems')}
          checked={onlyProblems}
          onChange={(event) => {
            setOnlyProblems(event.currentTarget.checked)
            setShown(SHOWN)
          }}
        />
        {report.counts.error > 0 && (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<Download size={15} aria-hidden />}
            onClick={() =>
              saveFile(`${fileName.replace(/\.csv$/i, '')}-problems.csv`, [problemsFile(report.lines)])
            }
          >
            {t('import.download')}
          </Button>
        )}
      </div>
      {lines.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t(onlyProblems ? 'import.no_problems' : 'import.no_lines')}
        </Text>
      ) : (
        <Lines lines={lines.slice(0, shown)} tense={tense} />
      )}
      {lines.length > shown && (
        <Button variant="default" mt="md" onClick={() => setShown(shown + SHOWN)}>
          {t('import.more', { count: lines.length - shown })}
        </Button>
      )}
    </Panel>
  )
}

function Lines({ lines, tense }: { lines: ImportLine[]; tense: 'would' | 'did' }) {
  const t = useT()
  return (
    <div className={classes.scroll}>
      <Table aria-label={t('import.lines')} className={classes.table}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('import.line')}</Table.Th>
            <Table.Th scope="col">{t('import.column.address')}</Table.Th>
            <Table.Th scope="col">{t('import.outcome')}</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {lines.map((line) => (
            <Table.Tr key={line.line}>
              <Table.Td className={classes.number}>{line.line}</Table.Td>
              <Table.Td className={classes.address}>
                {line.user_id === null ? (
                  line.email || <span className={classes.meta}>{t('import.no_address')}</span>
                ) : (
                  <Anchor component={AppLink} to={paths.user(line.user_id)} size="sm" c="inherit">
                    {line.email}
                  </Anchor>
                )}
              </Table.Td>
              <Table.Td>
                <div className={classes.result}>
                  <Outcome line={line} tense={tense} />
                  {line.outcome === 'create' && line.user_id !== null && (
                    <MakeLink user={line.user_id} email={line.email} />
                  )}
                </div>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </div>
  )
}

function Outcome({ line, tense }: { line: ImportLine; tense: 'would' | 'did' }) {
  const t = useT()
  const fields = line.changes.map((field) => t(`audit.word.${field as 'name'}`)).join(', ')
  return (
    <div className={classes.outcome}>
      <Badge color={COLOURS[line.outcome]} variant="light">
        {t(`import.${tense}.${line.outcome}`)}
      </Badge>
      {line.outcome === 'update' && <span className={classes.meta}>{fields}</span>}
      {line.problems.length > 0 && (
        <ul className={classes.problems}>
          {line.problems.map(({ column, code, detail }) => (
            <li key={`${column} ${code}`}>
              {column !== null && <code>{column}</code>} {detail}
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

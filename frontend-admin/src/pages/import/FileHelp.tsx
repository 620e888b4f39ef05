import { Anchor, Text } from '@mantine/core'
import { Download } from 'lucide-react'
import { useT } from '../../i18n/people.ts'
import { saveFile } from '../../parts/saveFile.ts'
import classes from './import.module.css'

const COLUMNS = ['email', 'name', 'role', 'organization', 'organization_role', 'active'] as const

const TEMPLATE = `${COLUMNS.join(',')}\r
ana@example.com,Ana Alba,customer,Example Ltd,manager,true\r
ben@example.com,Ben Berg,customer,Example Ltd,member,true\r
`

/** What the columns mean, and a file to begin with. */
export function FileHelp() {
  const t = useT()
  return (
    <details className={classes.help}>
      <summary>{t('import.columns')}</summary>
      <Text size="sm" my="xs">
        {t('import.columns_detail')}
      </Text>
      <dl className={classes.columns}>
        {COLUMNS.map((column) => (
          <div key={column}>
            <dt>
              <code>{column}</code>
            </dt>
            <dd>{t(`import.column.${column}`)}</dd>
          </div>
        ))}
      </dl>
      <Anchor
        component="button"
        type="button"
        size="sm"
        className={classes.template}
        onClick={() => saveFile('people.csv', [TEMPLATE])}
      >
        <Download size={15} aria-hidden /> {t('import.template')}
      </Anchor>
    </details>
  )
}

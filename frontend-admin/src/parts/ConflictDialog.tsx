import { Button, Group, Modal, Text } from '@mantine/core'
import { useT } from '../i18n/index.ts'
import { useReturnFocus } from './useReturnFocus.ts'
import classes from './ConflictDialog.module.css'

export interface ConflictRow {
  field: string
  theirs: string
  mine: string
}

interface ConflictDialogProps {
  rows: ConflictRow[]
  busy: boolean
  onTheirs: () => void
  onMine: () => void
}

/** Theirs beside mine, when two people changed the same field at the same time. */
export function ConflictDialog({ rows, busy, onTheirs, onMine }: ConflictDialogProps) {
  const t = useT()
  useReturnFocus()
  return (
    <Modal opened onClose={onTheirs} withCloseButton={false} title={t('conflict.title')} size="lg">
      <Text size="sm" mb="md">
        {t('conflict.detail')}
      </Text>
      <table className={classes.table} aria-label={t('conflict.title')}>
        <thead>
          <tr>
            <th scope="col">{t('conflict.field')}</th>
            <th scope="col">{t('conflict.theirs')}</th>
            <th scope="col">{t('conflict.mine')}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.field}>
              <th scope="row">{row.field}</th>
              <td>
                <div className={classes.value}>{row.theirs}</div>
              </td>
              <td>
                <div className={classes.value}>{row.mine}</div>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onTheirs}>
          {t('conflict.keep_theirs')}
        </Button>
        <Button loading={busy} onClick={onMine}>
          {t('conflict.use_mine')}
        </Button>
      </Group>
    </Modal>
  )
}

import { Button, Group, Modal, Radio, Text } from '@mantine/core'
import { useState } from 'react'
import { useT } from '../i18n/index.ts'
import { useReturnFocus } from './useReturnFocus.ts'
import classes from './ConflictDialog.module.css'

export interface ConflictRow<F extends string = string> {
  name: F
  field: string
  theirs: string
  mine: string
}

interface ConflictDialogProps<F extends string> {
  rows: ConflictRow<F>[]
  busy: boolean
  /** Theirs stands in every field. */
  onTheirs: () => void
  /** Nothing is decided: what was typed stays where it was typed. */
  onClose: () => void
  /** Mine stands in these fields, theirs in the others. */
  onMine: (fields: F[]) => void
}

/**
 * Theirs beside mine, when two people changed the same field at the same time. One field is
 * decided by the buttons; of several, each is chosen by itself.
 */
export function ConflictDialog<F extends string>({
  rows,
  busy,
  onTheirs,
  onMine,
  onClose,
}: ConflictDialogProps<F>) {
  const t = useT()
  useReturnFocus()
  const several = rows.length > 1
  const [mine, setMine] = useState<F[]>([])
  const isMine = (row: ConflictRow<F>) => mine.includes(row.name)
  const choose = (name: F, own: boolean) =>
    setMine((before) => [...before.filter((other) => other !== name), ...(own ? [name] : [])])

  const side = (row: ConflictRow<F>, own: boolean) => {
    const whose = t(own ? 'conflict.mine' : 'conflict.theirs')
    const text = (
      <>
        <span className={classes.whose}>{whose}</span>
        <span className={classes.value}>{own ? row.mine : row.theirs}</span>
      </>
    )
    if (!several) return <div className={classes.side}>{text}</div>
    return (
      <Radio
        className={classes.side ?? ''}
        classNames={{ labelWrapper: classes.text ?? '' }}
        name={`conflict-${row.name}`}
        checked={isMine(row) === own}
        onChange={() => choose(row.name, own)}
        label={text}
        aria-label={`${row.field}: ${whose}`}
      />
    )
  }
  return (
    <Modal opened onClose={onClose} title={t('conflict.title')} size="lg">
      <Text size="sm" mb="md">
        {t(several ? 'conflict.detail_several' : 'conflict.detail')}
      </Text>
      {rows.map((row) => (
        <section key={row.name} className={classes.row} aria-label={row.field}>
          <h3 className={classes.field}>{row.field}</h3>
          <div className={classes.sides}>
            {side(row, false)}
            {side(row, true)}
          </div>
        </section>
      ))}
      <Group justify="flex-end" mt="lg">
        <Button variant="default" onClick={onTheirs}>
          {t(several ? 'conflict.keep_all_theirs' : 'conflict.keep_theirs')}
        </Button>
        <Button
          loading={busy}
          onClick={() => {
            if (!several) onMine(rows.map((row) => row.name))
            else if (mine.length === 0) onTheirs()
            else onMine(mine)
          }}
        >
          {t(several ? 'conflict.save_choice' : 'conflict.use_mine')}
        </Button>
      </Group>
    </Modal>
  )
}

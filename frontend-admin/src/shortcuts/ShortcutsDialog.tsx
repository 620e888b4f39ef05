import { Kbd, Modal, Switch } from '@mantine/core'
import { useT, type Key } from '../i18n/shortcuts.ts'
import { useReturnFocus } from '../parts/useReturnFocus.ts'
import { useShortcutsSetting } from './setting.ts'
import classes from './ShortcutsDialog.module.css'

type ShortcutKey = Extract<Key, `shortcuts.${string}`>

const GROUPS: { title: ShortcutKey; rows: { keys: string[]; text: ShortcutKey }[] }[] = [
  {
    title: 'shortcuts.everywhere',
    rows: [
      { keys: ['/'], text: 'shortcuts.search' },
      { keys: ['?'], text: 'shortcuts.help' },
    ],
  },
  {
    title: 'shortcuts.lists',
    rows: [
      { keys: ['J'], text: 'shortcuts.next' },
      { keys: ['K'], text: 'shortcuts.previous' },
      { keys: ['Enter'], text: 'shortcuts.open' },
    ],
  },
  {
    title: 'shortcuts.ticket',
    rows: [
      { keys: ['R'], text: 'shortcuts.reply' },
      { keys: ['N'], text: 'shortcuts.note' },
      { keys: ['I'], text: 'shortcuts.insert' },
      { keys: ['A'], text: 'shortcuts.assign' },
      { keys: ['S'], text: 'shortcuts.status' },
      { keys: ['P'], text: 'shortcuts.priority' },
      { keys: ['Ctrl', 'Enter'], text: 'shortcuts.send' },
    ],
  },
]

/** All shortcuts, and the switch that turns the single-key ones off. */
export function ShortcutsDialog({ onClose }: { onClose: () => void }) {
  useReturnFocus()
  const t = useT()
  const [on, setOn] = useShortcutsSetting()
  return (
    <Modal opened onClose={onClose} title={t('shortcuts.title')} size="md">
      {GROUPS.map((group) => (
        <section key={group.title} className={classes.group}>
          <h3 className={classes.title}>{t(group.title)}</h3>
          <dl className={classes.list}>
            {group.rows.map((row) => (
              <div key={row.text} className={classes.row}>
                <dt>{t(row.text)}</dt>
                <dd>
                  {row.keys.map((key) => (
                    <Kbd key={key}>{key}</Kbd>
                  ))}
                </dd>
              </div>
            ))}
          </dl>
        </section>
      ))}
      <Switch
        mt="md"
        label={t('shortcuts.on')}
        description={t('shortcuts.on_detail')}
        checked={on}
        onChange={(event) => setOn(event.currentTarget.checked)}
      />
    </Modal>
  )
}

import { Menu } from '@mantine/core'
import { Keyboard, KeyboardOff } from 'lucide-react'
import { useT } from '../i18n/shortcuts.ts'
import { useShortcutsSetting } from './setting.ts'

/** The shortcuts' entries in the account's menu: the help, and on or off. */
export function ShortcutsMenu({ onHelp }: { onHelp: () => void }) {
  const t = useT()
  const [on, setOn] = useShortcutsSetting()
  return (
    <>
      <Menu.Item leftSection={<Keyboard size={16} aria-hidden />} onClick={onHelp}>
        {t('shortcuts.title')}
      </Menu.Item>
      <Menu.Item leftSection={<KeyboardOff size={16} aria-hidden />} onClick={() => setOn(!on)}>
        {t(on ? 'shortcuts.turn_off' : 'shortcuts.turn_on')}
      </Menu.Item>
    </>
  )
}

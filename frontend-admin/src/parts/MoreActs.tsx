import { ActionIcon, Menu } from '@mantine/core'
import { Ellipsis, type LucideIcon } from 'lucide-react'
import { useT } from '../i18n/index.ts'

export interface Act {
  label: string
  icon: LucideIcon
  run: () => void
  destructive?: boolean
}

/** The rarer acts of a page. */
export function MoreActs({ acts }: { acts: Act[] }) {
  const t = useT()
  if (acts.length === 0) return null
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon variant="default" size={36} aria-label={t('common.more_acts')}>
          <Ellipsis size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {acts.map(({ label, icon: Icon, run, destructive }) => (
          <Menu.Item
            key={label}
            leftSection={<Icon size={16} aria-hidden />}
            onClick={run}
            {...(destructive ? { color: 'red' } : {})}
          >
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

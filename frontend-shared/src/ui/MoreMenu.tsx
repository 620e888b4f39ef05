import { Menu } from '@mantine/core'
import { Ellipsis } from 'lucide-react'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink } from '../routing/links.tsx'
import type { NavItem } from './AppShell.tsx'

/** The places that the bottom bar has no room for. */
export function MoreMenu({ items, className }: { items: NavItem[]; className: string }) {
  const t = useSharedT()
  return (
    <Menu position="top-end" offset={10}>
      <Menu.Target>
        <button type="button" className={className}>
          <Ellipsis size={19} aria-hidden />
          {t('app.more')}
        </button>
      </Menu.Target>
      <Menu.Dropdown>
        {items.map(({ to, label, icon: Icon }) => (
          <Menu.Item key={to} component={AppLink} to={to} leftSection={<Icon size={17} aria-hidden />}>
            {label}
          </Menu.Item>
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}

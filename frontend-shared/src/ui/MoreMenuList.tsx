import { Menu } from '@mantine/core'
import { AppLink } from '../routing/links.tsx'
import type { NavItem } from './AppShell.tsx'
import { MoreButton } from './MoreMenu.tsx'

/** The menu behind "More". Opens at once. */
export function MoreMenuList({ items, className }: { items: NavItem[]; className: string }) {
  return (
    <Menu position="top-end" offset={10} defaultOpened>
      <Menu.Target>
        <MoreButton className={className} />
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

import { Menu } from '@mantine/core'
import { useRef } from 'react'
import { AppLink } from '../routing/links.tsx'
import type { NavItem } from './AppShell.tsx'
import { MoreButton } from './MoreMenu.tsx'

/** The menu behind "More". Opens at once. */
export function MoreMenuList({ items, className }: { items: NavItem[]; className: string }) {
  // The button that opened this was another one, so the library does not know it.
  const button = useRef<HTMLButtonElement>(null)
  return (
    <Menu position="top-end" offset={10} defaultOpened onClose={() => button.current?.focus()}>
      <Menu.Target>
        <MoreButton ref={button} className={className} />
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

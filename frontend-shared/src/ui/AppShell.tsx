import type { LucideIcon } from 'lucide-react'
import type { ReactNode } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink } from '../routing/links.tsx'
import { Brand } from './Brand.tsx'
import { LiveIndicator } from './LiveIndicator.tsx'
import { MoreMenu } from './MoreMenu.tsx'
import { UserMenu } from './UserMenu.tsx'
import classes from './AppShell.module.css'

export interface NavItem {
  to: string
  label: string
  /** For the bar at the bottom of phones, where a long label has no room. */
  shortLabel?: string
  icon: LucideIcon
  exact?: boolean
  /** A count worth attention, 0 for none. */
  count?: number
}

interface AppShellProps {
  /** "Help Center", "Service Desk". */
  portalName: string
  home: string
  /** One's own account. */
  profile: string
  nav: NavItem[]
  /** In the header, before the indicator: the portal's main act, a search. */
  tools?: ReactNode
  /** More entries of the account's menu, as `Menu.Item`s. */
  menu?: ReactNode
  children: ReactNode
}

/** Phones have room for this many places at the bottom; the rest goes under "More". */
const BOTTOM_PLACES = 5

/** Header, navigation (a side bar, on phones a bar at the bottom) and the page. */
export function AppShell({ portalName, home, profile, nav, tools, menu, children }: AppShellProps) {
  const t = useSharedT()
  const fits = nav.length <= BOTTOM_PLACES
  const bottom = fits ? nav : nav.slice(0, BOTTOM_PLACES - 1)
  const rest = fits ? [] : nav.slice(BOTTOM_PLACES - 1)

  return (
    <div className={classes.shell}>
      <a className={classes.skip} href="#content">
        {t('app.skip')}
      </a>
      <header className={classes.header}>
        <AppLink to={home} className={classes.brand}>
          <Brand portalName={portalName} />
        </AppLink>
        <div className={classes.tools}>
          {tools}
          <LiveIndicator />
          <UserMenu profile={profile} more={menu} />
        </div>
      </header>
      <nav className={classes.side} aria-label={t('app.navigation')}>
        {nav.map((item) => (
          <NavLink key={item.to} item={item} />
        ))}
      </nav>
      <main id="content" tabIndex={-1} className={classes.main}>
        {children}
      </main>
      <nav className={classes.bottom} aria-label={t('app.navigation')}>
        {bottom.map((item) => (
          <NavLink key={item.to} item={{ ...item, label: item.shortLabel ?? item.label }} />
        ))}
        {rest.length > 0 && <MoreMenu items={rest} className={classes.link ?? ''} />}
      </nav>
    </div>
  )
}

function NavLink({ item }: { item: NavItem }) {
  const { to, label, icon: Icon, exact = false, count = 0 } = item
  return (
    <AppLink to={to} exact={exact} className={classes.link}>
      <Icon size={19} strokeWidth={1.8} aria-hidden />
      <span className={classes.label}>{label}</span>
      {count > 0 && <span className={classes.count}>{count}</span>}
    </AppLink>
  )
}

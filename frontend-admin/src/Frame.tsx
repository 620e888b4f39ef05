import { PortalFrame } from 'frontend-shared/portal'
import { AppShell, type NavItem } from 'frontend-shared/ui'
import { BookOpen, Inbox, LayoutDashboard, MessageSquareHeart, ShoppingBag, Users } from 'lucide-react'
import type { ReactNode } from 'react'
import { useT } from './i18n/index.ts'
import { liveMap } from './live.ts'
import { paths } from './paths.ts'

function Shell({ children }: { children: ReactNode }) {
  const t = useT()
  const nav: NavItem[] = [
    { to: paths.home(), label: t('nav.home'), icon: LayoutDashboard },
    { to: paths.tickets(), label: t('nav.tickets'), icon: Inbox },
    { to: paths.services(), label: t('nav.services'), icon: ShoppingBag },
    { to: paths.articles(), label: t('nav.articles'), shortLabel: t('nav.articles_short'), icon: BookOpen },
    { to: paths.feedback(), label: t('nav.feedback'), icon: MessageSquareHeart },
    { to: paths.users(), label: t('nav.users'), icon: Users },
  ]
  return (
    <AppShell portalName={t('portal.name')} home={paths.home()} nav={nav}>
      {children}
    </AppShell>
  )
}

/** Everything around the pages of staff who are signed in. */
export function Frame() {
  return <PortalFrame signIn={paths.signIn()} liveMap={liveMap} shell={Shell} />
}

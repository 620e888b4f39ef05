import { useInfiniteQuery } from '@tanstack/react-query'
import { useRouterState } from '@tanstack/react-router'
import { rowsOf } from 'frontend-shared/api'
import { PortalFrame } from 'frontend-shared/portal'
import { AppShell, type NavItem } from 'frontend-shared/ui'
import { BookOpen, LayoutDashboard, LifeBuoy, ShoppingBag, Star } from 'lucide-react'
import type { ReactNode } from 'react'
import { openTicketsQuery } from './api/tickets.ts'
import { useT } from './i18n/index.ts'
import { GuestFrame } from './GuestFrame.tsx'
import { liveMap } from './live.ts'
import { useIsGuest } from './parts/useIsGuest.ts'
import { useLocalLinks } from './parts/useLocalLinks.ts'
import { paths } from './paths.ts'

function Shell({ children }: { children: ReactNode }) {
  const t = useT()
  const waiting = useWaitingCount()
  useLocalLinks()
  const nav: NavItem[] = [
    { to: paths.dashboard(), label: t('nav.dashboard'), icon: LayoutDashboard },
    { to: paths.tickets(), label: t('nav.tickets'), icon: LifeBuoy, count: waiting },
    { to: paths.services(), label: t('nav.services'), icon: ShoppingBag },
    { to: paths.help(), label: t('nav.help'), icon: BookOpen },
    { to: paths.rating(), label: t('nav.rating'), icon: Star },
  ]
  return (
    <AppShell portalName={t('portal.name')} home={paths.dashboard()} profile={paths.profile()} nav={nav}>
      {children}
    </AppShell>
  )
}

/** How many of my tickets wait for my answer. */
function useWaitingCount(): number {
  const { data } = useInfiniteQuery(openTicketsQuery)
  return rowsOf(data).filter((ticket) => ticket.status === 'pending').length
}

/** Everything around the pages of a customer; guests have the help articles, and a way to sign in. */
export function Frame() {
  const isGuest = useIsGuest()
  // By what is shown, not by the address: that is ahead while the next page is fetched.
  const inHelp = useRouterState({
    select: ({ matches }) => matches.some(({ routeId }) => /^\/frame\/help(\/|$)/.test(routeId)),
  })
  if (isGuest && inHelp) return <GuestFrame />
  return <PortalFrame signIn={paths.signIn()} liveMap={liveMap} shell={Shell} />
}

import { useQuery } from '@tanstack/react-query'
import { useZone } from 'frontend-shared/i18n'
import { useLiveEvents } from 'frontend-shared/live'
import { PortalFrame } from 'frontend-shared/portal'
import { useGo } from 'frontend-shared/routing'
import { useIsAdmin } from 'frontend-shared/session'
import { AppShell, useNotices, type NavItem } from 'frontend-shared/ui'
import {
  BookOpen,
  ChartNoAxesCombined,
  Inbox,
  LayoutDashboard,
  MessageSquareHeart,
  Plug,
  Settings,
  ShoppingBag,
  Users,
} from 'lucide-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { countsQuery } from './api/tickets.ts'
import { useT } from './i18n/index.ts'
import { liveMap } from './live.ts'
import { paths } from './paths.ts'
import { focusSearch, wantSearch } from './shortcuts/search.ts'
import { useShortcuts } from './shortcuts/useShortcuts.ts'

const ShortcutsDialog = lazy(async () => ({
  default: (await import('./shortcuts/ShortcutsDialog.tsx')).ShortcutsDialog,
}))
const ShortcutsMenu = lazy(async () => ({
  default: (await import('./shortcuts/ShortcutsMenu.tsx')).ShortcutsMenu,
}))

function Shell({ children }: { children: ReactNode }) {
  const t = useT()
  const go = useGo()
  const isAdmin = useIsAdmin()
  const [help, setHelp] = useState(false)
  const { data: counts } = useQuery(countsQuery({}, useZone()))
  useAskedForPassword()
  useDisabledWebhook()
  useShortcuts({
    '?': () => setHelp(true),
    '/': () => {
      if (focusSearch()) return
      wantSearch()
      void go(paths.tickets())
    },
  })
  const nav: NavItem[] = [
    { to: paths.home(), label: t('nav.home'), icon: LayoutDashboard },
    { to: paths.tickets(), label: t('nav.tickets'), icon: Inbox, count: counts?.by_status.new ?? 0 },
    { to: paths.services(), label: t('nav.services'), icon: ShoppingBag },
    { to: paths.articles(), label: t('nav.articles'), shortLabel: t('nav.articles_short'), icon: BookOpen },
    { to: paths.feedback(), label: t('nav.feedback'), icon: MessageSquareHeart },
    { to: paths.insights(), label: t('nav.insights'), icon: ChartNoAxesCombined },
    { to: paths.users(), label: t('nav.users'), icon: Users },
  ]
  if (isAdmin) {
    nav.push(
      { to: paths.integrations(), label: t('nav.integrations'), icon: Plug },
      { to: paths.settings(), label: t('nav.settings'), icon: Settings },
    )
  }
  return (
    <AppShell
      portalName={t('portal.name')}
      home={paths.home()}
      profile={paths.profile()}
      nav={nav}
      menu={
        <Suspense>
          <ShortcutsMenu onHelp={() => setHelp(true)} />
        </Suspense>
      }
    >
      {children}
      {help && (
        <Suspense>
          <ShortcutsDialog onClose={() => setHelp(false)} />
        </Suspense>
      )}
    </AppShell>
  )
}

/** Tells admins at once that somebody forgot their password. */
function useAskedForPassword(): void {
  const t = useT()
  const go = useGo()
  const isAdmin = useIsAdmin()
  const notices = useNotices()
  useLiveEvents({
    'password.requested': () => {
      if (!isAdmin) return
      notices.info(t('requests.notice'), {
        label: t('requests.notice_open'),
        run: () => void go(paths.passwordRequests()),
      })
    },
  })
}

/** Tells admins at once that a webhook was given up: nobody asked for it. */
function useDisabledWebhook(): void {
  const t = useT()
  const go = useGo()
  const isAdmin = useIsAdmin()
  const notices = useNotices()
  useLiveEvents({
    'webhook.disabled': ({ actor, subject }) => {
      if (!isAdmin || actor !== null) return
      notices.info(t('webhooks.notice'), {
        label: t('webhooks.notice_open'),
        run: () => void go(paths.webhook(subject.id)),
      })
    },
  })
}

/** Everything around the pages of staff who are signed in. */
export function Frame() {
  return <PortalFrame signIn={paths.signIn()} liveMap={liveMap} shell={Shell} />
}

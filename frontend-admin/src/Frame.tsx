import { PortalFrame } from 'frontend-shared/portal'
import type { NavItem } from 'frontend-shared/ui'
import { BookOpen, Inbox, LayoutDashboard, MessageSquareHeart, ShoppingBag, Users } from 'lucide-react'
import { useT } from './i18n/index.ts'
import { liveMap } from './live.ts'
import { paths } from './paths.ts'

function useNav(): NavItem[] {
  const t = useT()
  return [
    { to: paths.home(), label: t('nav.home'), icon: LayoutDashboard },
    { to: paths.tickets(), label: t('nav.tickets'), icon: Inbox },
    { to: paths.services(), label: t('nav.services'), icon: ShoppingBag },
    { to: paths.articles(), label: t('nav.articles'), icon: BookOpen },
    { to: paths.feedback(), label: t('nav.feedback'), icon: MessageSquareHeart },
    { to: paths.users(), label: t('nav.users'), icon: Users },
  ]
}

/** Everything around the pages of staff who are signed in. */
export function Frame() {
  const t = useT()
  return (
    <PortalFrame
      portalName={t('portal.name')}
      signIn={paths.signIn()}
      home={paths.home()}
      liveMap={liveMap}
      nav={useNav}
    />
  )
}

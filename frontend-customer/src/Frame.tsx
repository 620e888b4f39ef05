import { PortalFrame } from 'frontend-shared/portal'
import type { NavItem } from 'frontend-shared/ui'
import { BookOpen, LayoutDashboard, LifeBuoy, ShoppingBag, Star } from 'lucide-react'
import { useT } from './i18n/index.ts'
import { liveMap } from './live.ts'
import { paths } from './paths.ts'

function useNav(): NavItem[] {
  const t = useT()
  return [
    { to: paths.dashboard(), label: t('nav.dashboard'), icon: LayoutDashboard },
    { to: paths.tickets(), label: t('nav.tickets'), icon: LifeBuoy },
    { to: paths.services(), label: t('nav.services'), icon: ShoppingBag },
    { to: paths.help(), label: t('nav.help'), icon: BookOpen },
    { to: paths.rating(), label: t('nav.rating'), icon: Star },
  ]
}

/** Everything around the pages of a customer who is signed in. */
export function Frame() {
  const t = useT()
  return (
    <PortalFrame
      portalName={t('portal.name')}
      signIn={paths.signIn()}
      home={paths.dashboard()}
      liveMap={liveMap}
      nav={useNav}
    />
  )
}

import { Ellipsis } from 'lucide-react'
import type { ComponentPropsWithRef } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'
import type { NavItem } from './AppShell.tsx'
import { useOnDemand } from './onDemand.ts'

const loadList = () => import('./MoreMenuList.tsx')

interface MoreMenuProps {
  items: NavItem[]
  className: string
}

/** The places that the bottom bar has no room for. */
export function MoreMenu({ items, className }: MoreMenuProps) {
  const [list, fetchList] = useOnDemand(loadList)
  if (list) return <list.MoreMenuList items={items} className={className} />
  return <MoreButton className={className} aria-haspopup="menu" aria-expanded={false} onClick={fetchList} />
}

export function MoreButton(props: ComponentPropsWithRef<'button'>) {
  const t = useSharedT()
  return (
    <button type="button" {...props}>
      <Ellipsis size={19} aria-hidden />
      {t('app.more')}
    </button>
  )
}

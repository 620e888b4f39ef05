import { Avatar, UnstyledButton } from '@mantine/core'
import type { ComponentPropsWithRef, ReactNode } from 'react'
import { useSharedT } from '../i18n/catalogs.ts'
import { useMe } from '../session/SessionProvider.tsx'
import { useOnDemand } from './onDemand.ts'

const loadList = () => import('./UserMenuList.tsx')

/** Who is signed in; opens the menu, whose code (the library's menus) comes on first use. */
export function UserMenu({ profile, more }: { profile: string; more?: ReactNode }) {
  const [list, fetchList] = useOnDemand(loadList)
  if (list) return <list.UserMenuList profile={profile} more={more} />
  return <UserMenuButton aria-haspopup="menu" aria-expanded={false} onClick={fetchList} />
}

export function UserMenuButton(props: ComponentPropsWithRef<'button'>) {
  const t = useSharedT()
  const me = useMe()
  return (
    <UnstyledButton aria-label={t('app.account', { name: me.name })} {...props}>
      <Avatar size={34} radius="xl" name={me.name} alt="" />
    </UnstyledButton>
  )
}

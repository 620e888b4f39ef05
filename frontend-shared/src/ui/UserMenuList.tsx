import { Menu, Text } from '@mantine/core'
import { Check, LogOut, Monitor, Moon, Sun, UserRound } from 'lucide-react'
import { useRef, useState, type ComponentPropsWithRef, type ReactNode } from 'react'
import { useTheme } from '../account/useTheme.ts'
import { errorText, requestIdOf } from '../api/errors.ts'
import { hasDrafts } from '../forms/useFormDraft.ts'
import { useSharedT } from '../i18n/catalogs.ts'
import { AppLink } from '../routing/links.tsx'
import { useMe, useSession } from '../session/SessionProvider.tsx'
import { ConfirmDialog } from './ConfirmDialog.tsx'
import { useNotices } from './Notices.tsx'
import { UserMenuButton } from './UserMenu.tsx'

const SCHEMES = [
  { value: 'light', icon: Sun },
  { value: 'dark', icon: Moon },
  { value: 'auto', icon: Monitor },
] as const

/** The account's menu: who is signed in, the appearance, the portal's own, the way out. Opens at once. */
export function UserMenuList({ profile, more }: { profile: string; more?: ReactNode }) {
  const t = useSharedT()
  const me = useMe()
  const session = useSession()
  const notices = useNotices()
  const [scheme, setScheme] = useTheme()
  // The button that opened this was another one, so the library does not know it.
  const button = useRef<HTMLButtonElement>(null)
  const signOut = () =>
    session.signOut().catch((error: unknown) => notices.error(errorText(error, t), requestIdOf(error)))

  const [asking, setAsking] = useState(false)

  return (
    <>
      <ConfirmDialog
        opened={asking}
        title={t('sign_out.title')}
        confirmLabel={t('app.sign_out')}
        destructive
        onConfirm={() => void signOut()}
        onClose={() => setAsking(false)}
      >
        {t('sign_out.unsent')}
      </ConfirmDialog>
      <Menu position="bottom-end" width={240} defaultOpened onClose={() => button.current?.focus()}>
        <Menu.Target>
          <UserMenuButton ref={button} />
        </Menu.Target>
        <Menu.Dropdown>
          <Text px="sm" pt="xs" fw={600} size="sm" truncate>
            {me.name}
          </Text>
          <Text px="sm" pb="xs" size="xs" c="dimmed" truncate>
            {me.email}
          </Text>
          <Menu.Divider />
          <Menu.Item component={AppLink} to={profile} leftSection={<UserRound size={16} aria-hidden />}>
            {t('profile.title')}
          </Menu.Item>
          <Menu.Divider />
          <Menu.Label>{t('app.scheme')}</Menu.Label>
          {SCHEMES.map(({ value, icon: Icon }) => (
            <Menu.Item
              key={value}
              component={RadioItem}
              aria-checked={scheme === value}
              leftSection={<Icon size={16} aria-hidden />}
              rightSection={scheme === value ? <Check size={16} aria-hidden /> : null}
              onClick={() => setScheme(value)}
            >
              {t(`app.scheme_${value}`)}
            </Menu.Item>
          ))}
          {more && <Menu.Divider />}
          {more}
          <Menu.Divider />
          <Menu.Item
            leftSection={<LogOut size={16} aria-hidden />}
            onClick={() => (hasDrafts(me.id) ? setAsking(true) : void signOut())}
          >
            {t('app.sign_out')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </>
  )
}

/** The library's items insist on being plain ones; these are one choice of several. */
function RadioItem({ 'aria-checked': checked = false, ...props }: ComponentPropsWithRef<'button'>) {
  return <button type="button" {...props} role="menuitemradio" aria-checked={checked} />
}

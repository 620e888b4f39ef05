import { useSharedT } from '../i18n/catalogs.ts'
import { useMe } from '../session/SessionProvider.tsx'
import { Panel, WithAside } from '../ui/layout.tsx'
import { Page } from '../ui/Page.tsx'
import { PasswordForm } from './PasswordForm.tsx'
import { ProfileForm } from './ProfileForm.tsx'
import { SessionsPanel } from './SessionsPanel.tsx'
import { ThemeChoice } from './ThemeChoice.tsx'

/** One's own account, the same in both portals. */
export function ProfilePage() {
  const t = useSharedT()
  const me = useMe()
  return (
    <Page title={t('profile.title')} intro={me.email}>
      <WithAside
        aside={
          <>
            <Panel title={t('app.scheme')}>
              <ThemeChoice />
            </Panel>
            <Panel title={t('profile.password')}>
              <PasswordForm />
            </Panel>
          </>
        }
      >
        <Panel title={t('profile.about')}>
          <ProfileForm />
        </Panel>
        <SessionsPanel />
      </WithAside>
    </Page>
  )
}

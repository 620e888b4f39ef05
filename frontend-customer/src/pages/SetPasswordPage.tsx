import { Anchor } from '@mantine/core'
import { AuthLayout, SetPasswordForm } from 'frontend-shared/auth'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useGo } from 'frontend-shared/routing'
import { useT } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { usePitch } from './pitch.ts'

export function SetPasswordPage() {
  const t = useT()
  const shared = useSharedT()
  const go = useGo()
  return (
    <AuthLayout
      portalName={t('portal.name')}
      title={shared('auth.set_password')}
      intro={shared('auth.set_password_intro')}
      pitch={usePitch()}
    >
      <SetPasswordForm onDone={() => void go(paths.signIn({ notice: 'password' }), { replace: true })} />
      <Anchor component={AppLink} to={paths.signIn()} size="sm">
        {shared('auth.back_to_sign_in')}
      </Anchor>
    </AuthLayout>
  )
}

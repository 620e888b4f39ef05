import { Anchor } from '@mantine/core'
import { AuthLayout, ForgotPasswordForm } from 'frontend-shared/auth'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink } from 'frontend-shared/routing'
import { useT } from '../i18n/index.ts'
import { paths } from '../paths.ts'
import { usePitch } from './pitch.ts'

export function ForgotPasswordPage() {
  const t = useT()
  const shared = useSharedT()
  return (
    <AuthLayout
      portalName={t('portal.name')}
      title={shared('forgot.title')}
      intro={shared('forgot.intro')}
      pitch={usePitch()}
    >
      <ForgotPasswordForm />
      <Anchor component={AppLink} to={paths.signIn()} size="sm">
        {shared('auth.back_to_sign_in')}
      </Anchor>
    </AuthLayout>
  )
}

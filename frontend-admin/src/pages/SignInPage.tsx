import { AuthLayout, SignInForm } from 'frontend-shared/auth'
import { useSharedT } from 'frontend-shared/i18n'
import { useUrlSearch } from 'frontend-shared/routing'
import { useT } from '../i18n/index.ts'
import { paths, type SignInSearch } from '../paths.ts'
import { usePitch } from './pitch.ts'

export function SignInPage() {
  const t = useT()
  const shared = useSharedT()
  const [{ next, notice }] = useUrlSearch<SignInSearch>()
  return (
    <AuthLayout
      portalName={t('portal.name')}
      title={t('sign_in.title')}
      intro={t('sign_in.intro')}
      pitch={usePitch()}
    >
      <SignInForm
        next={next ?? paths.home()}
        forgot={paths.forgotPassword()}
        notice={notice === 'password' ? shared('auth.password_saved') : undefined}
      />
    </AuthLayout>
  )
}

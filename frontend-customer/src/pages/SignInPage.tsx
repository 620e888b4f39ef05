import { Anchor, Text } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { AuthLayout, SignInForm } from 'frontend-shared/auth'
import { useBranding } from 'frontend-shared/branding'
import { useSharedT } from 'frontend-shared/i18n'
import { AppLink, useUrlSearch } from 'frontend-shared/routing'
import { publicArticlesQuery } from '../api/articles.ts'
import { useT } from '../i18n/index.ts'
import { useIsGuest } from '../parts/useIsGuest.ts'
import { paths, type SignInSearch } from '../paths.ts'
import { usePitch } from './pitch.ts'

/** The way to what nobody needs to sign in for, where there is something. */
function ToHelp() {
  const t = useT()
  const isGuest = useIsGuest()
  const { data } = useInfiniteQuery({ ...publicArticlesQuery({ limit: 1 }), enabled: isGuest })
  if (!isGuest || rowsOf(data).length === 0) return null
  return (
    <Text size="sm" c="dimmed" ta="center">
      {t('sign_in.help')}{' '}
      <Anchor component={AppLink} to={paths.help()} inherit fw={600}>
        {t('sign_in.help_link')}
      </Anchor>
    </Text>
  )
}

export function SignInPage() {
  const t = useT()
  const shared = useSharedT()
  const [{ next, notice }] = useUrlSearch<SignInSearch>()
  const { registration_open: open } = useBranding()
  const notices = { password: shared('auth.password_saved'), registered: t('sign_in.registered') }
  return (
    <AuthLayout
      portalName={t('portal.name')}
      title={t('sign_in.title')}
      intro={t('sign_in.intro')}
      pitch={usePitch()}
    >
      <SignInForm
        forgot={paths.forgotPassword()}
        next={next ?? paths.dashboard()}
        notice={notice && notices[notice]}
      >
        {open && (
          <Text size="sm" c="dimmed" ta="center">
            {t('sign_in.no_account')}{' '}
            <Anchor component={AppLink} to={paths.register()} inherit fw={600}>
              {t('sign_in.register')}
            </Anchor>
          </Text>
        )}
        <ToHelp />
      </SignInForm>
    </AuthLayout>
  )
}

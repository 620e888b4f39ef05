import { Button } from '@mantine/core'
import { Outlet, useRouterState } from '@tanstack/react-router'
import { GuestPortalFrame } from 'frontend-shared/portal'
import { AppLink } from 'frontend-shared/routing'
import { useT } from './i18n/index.ts'
import { useLocalLinks } from './parts/useLocalLinks.ts'
import { paths } from './paths.ts'

/** Around the help articles that everybody may read; the rest of the portal begins with a sign-in. */
export function GuestFrame() {
  const t = useT()
  const here = useRouterState({ select: (state) => state.location.href })
  useLocalLinks()
  return (
    <GuestPortalFrame
      portalName={t('portal.name')}
      home={paths.help()}
      tools={
        <Button component={AppLink} to={paths.signIn({ next: here })} variant="light" size="compact-md">
          {t('guest.sign_in')}
        </Button>
      }
    >
      <Outlet />
    </GuestPortalFrame>
  )
}

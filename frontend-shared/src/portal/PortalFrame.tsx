import { Outlet } from '@tanstack/react-router'
import { Suspense, type ComponentType, type ReactNode } from 'react'
import { LiveProvider, type LiveMap } from '../live/LiveProvider.tsx'
import { LoadingState } from '../ui/states.tsx'
import { RequireSession } from './RequireSession.tsx'
import { useFocusOnNavigation } from './useFocusOnNavigation.ts'
import classes from './RequireSession.module.css'

interface PortalFrameProps {
  signIn: string
  liveMap: LiveMap
  /** The portal's `AppShell`; inside the session and the live updates, so it may read data. */
  shell: ComponentType<{ children: ReactNode }>
}

/** Everything around a page of somebody who is signed in. */
export function PortalFrame({ signIn, liveMap, shell: Shell }: PortalFrameProps) {
  const waiting = (
    <div className={classes.waiting}>
      <LoadingState shape="page" />
    </div>
  )
  useFocusOnNavigation()
  return (
    <RequireSession signIn={signIn}>
      <LiveProvider map={liveMap} fallback={waiting}>
        <Shell>
          <Suspense fallback={waiting}>
            <Outlet />
          </Suspense>
        </Shell>
      </LiveProvider>
    </RequireSession>
  )
}

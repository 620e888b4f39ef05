import { Suspense, type ReactNode } from 'react'
import { GuestShell } from '../ui/GuestShell.tsx'
import { LoadingState } from '../ui/states.tsx'
import classes from './RequireSession.module.css'
import { useFocusOnNavigation } from './useFocusOnNavigation.ts'

interface GuestPortalFrameProps {
  portalName: string
  home: string
  /** In the header: the way to sign in. */
  tools: ReactNode
  children: ReactNode
}

/** Everything around a page that nobody needs to sign in for. Nothing of it is live. */
export function GuestPortalFrame({ children, ...shell }: GuestPortalFrameProps) {
  useFocusOnNavigation()
  const waiting = (
    <div className={classes.waiting}>
      <LoadingState shape="page" />
    </div>
  )
  return (
    <GuestShell {...shell}>
      <Suspense fallback={waiting}>{children}</Suspense>
    </GuestShell>
  )
}

import { Outlet, useRouterState } from '@tanstack/react-router'
import { Suspense, useEffect, useRef, type ReactNode } from 'react'
import { LiveProvider, type LiveMap } from '../live/LiveProvider.tsx'
import { AppShell, type NavItem } from '../ui/AppShell.tsx'
import { LoadingState } from '../ui/states.tsx'
import { RequireSession } from './RequireSession.tsx'
import classes from './RequireSession.module.css'

interface PortalFrameProps {
  portalName: string
  signIn: string
  home: string
  liveMap: LiveMap
  /** Components, because both may read server data once somebody is signed in. */
  nav: () => NavItem[]
  tools?: ReactNode
}

/** Everything around a page of somebody who is signed in. */
export function PortalFrame(props: PortalFrameProps) {
  const waiting = (
    <div className={classes.waiting}>
      <LoadingState shape="page" />
    </div>
  )
  return (
    <RequireSession signIn={props.signIn}>
      <LiveProvider map={props.liveMap} fallback={waiting}>
        <Shell {...props} useNav={props.nav}>
          <Suspense fallback={waiting}>
            <Outlet />
          </Suspense>
        </Shell>
      </LiveProvider>
    </RequireSession>
  )
}

function Shell(props: PortalFrameProps & { useNav: () => NavItem[]; children: ReactNode }) {
  const { portalName, home, tools, useNav, children } = props
  const nav = useNav()
  useFocusOnNavigation()
  return (
    <AppShell portalName={portalName} home={home} nav={nav} tools={tools}>
      {children}
    </AppShell>
  )
}

/** Moves the focus into the new page, so that keyboards and screen readers start there. */
function useFocusOnNavigation(): void {
  const path = useRouterState({ select: (state) => state.location.pathname })
  const last = useRef(path)
  useEffect(() => {
    if (last.current === path) return
    last.current = path
    document.getElementById('content')?.focus({ preventScroll: true })
  }, [path])
}

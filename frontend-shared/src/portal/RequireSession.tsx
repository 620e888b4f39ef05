import { useRouter } from '@tanstack/react-router'
import { useEffect, useState, type ReactNode } from 'react'
import { useGo } from '../routing/links.tsx'
import { writeSearch } from '../routing/search.ts'
import { useSession, useSessionState } from '../session/SessionProvider.tsx'
import { ErrorState, LoadingState } from '../ui/states.tsx'
import classes from './RequireSession.module.css'

/**
 * Shows its children to people who are signed in; leads others to the sign-in page, which
 * brings them back here.
 */
export function RequireSession({ signIn, children }: { signIn: string; children: ReactNode }) {
  const state = useSessionState()
  const session = useSession()
  if (state.status === 'signed_in') return children
  if (state.status === 'starting') {
    return (
      <div className={classes.waiting}>
        <LoadingState shape="page" />
      </div>
    )
  }
  if (state.status === 'unreachable') {
    return (
      <main>
        <ErrorState level={1} error={state.error} onRetry={() => void session.start()} />
      </main>
    )
  }
  return <ToSignIn signIn={signIn} />
}

function ToSignIn({ signIn }: { signIn: string }) {
  const go = useGo()
  const session = useSession()
  const router = useRouter()
  // Read once: the address changes while this is still shown.
  const [here] = useState(() => router.state.location.href)
  useEffect(() => {
    const state = session.getState()
    const left = state.status === 'signed_out' && state.reason === 'signed_out'
    void go(signIn + writeSearch({ next: left ? undefined : here }), { replace: true })
  }, [go, here, session, signIn])
  return null
}

/** Only a path inside the portal may be gone to after signing in, never another site. */
export function safeNext(next: unknown): string | undefined {
  return typeof next === 'string' && /^\/(?![/\\])/.test(next) && next.length < 2000 ? next : undefined
}

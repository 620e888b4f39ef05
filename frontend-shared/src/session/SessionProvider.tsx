import { createContext, use, useSyncExternalStore, type ReactNode } from 'react'
import type { Me } from '../api/types.ts'
import type { Session, SessionState } from './session.ts'

const SessionContext = createContext<Session | null>(null)

export function SessionProvider(props: { session: Session; children: ReactNode }) {
  return <SessionContext value={props.session}>{props.children}</SessionContext>
}

/** The session object, for acts: `signIn`, `signOut`, `setUser`. */
export function useSession(): Session {
  const session = use(SessionContext)
  if (!session) throw new Error('useSession outside a SessionProvider')
  return session
}

export function useSessionState(): SessionState {
  const session = useSession()
  return useSyncExternalStore(session.subscribe, session.getState)
}

/** The person signed in. Only for screens behind the sign-in. */
export function useMe(): Me {
  const state = useSessionState()
  if (state.status !== 'signed_in') throw new Error('useMe while nobody is signed in')
  return state.user
}

/** True for admins, who may change what agents only read. */
export function useIsAdmin(): boolean {
  return useMe().role === 'admin'
}

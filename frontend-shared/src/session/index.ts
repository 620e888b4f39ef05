export { Session, type SessionState, type SignedOutReason } from './session.ts'
export { SessionProvider, useIsAdmin, useMe, useSession, useSessionState } from './SessionProvider.tsx'

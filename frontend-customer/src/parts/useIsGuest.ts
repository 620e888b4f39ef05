import { useSessionState } from 'frontend-shared/session'

/**
 * Whether nobody is signed in and nobody was thrown out: a guest, who reads public articles.
 * Whoever's session expired is led to the sign-in instead, and back to where they were.
 */
export function useIsGuest(): boolean {
  const state = useSessionState()
  return state.status === 'signed_out' && state.reason !== 'expired'
}

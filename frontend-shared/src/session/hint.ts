import type { Portal } from '../api/types.ts'

/*
 * Whether this browser has signed in before. Scripts cannot see the refresh cookie; without
 * this hint every visit to the sign-in page would begin with a refused request.
 */

const keyOf = (portal: Portal) => `bsm-session-${portal}`

/** False only when it is known that nobody is signed in; true when storage cannot tell. */
export function mayHaveSession(portal: Portal): boolean {
  try {
    return localStorage.getItem(keyOf(portal)) !== null
  } catch {
    return true
  }
}

export function rememberSession(portal: Portal): void {
  try {
    localStorage.setItem(keyOf(portal), '1')
  } catch {
    // Without storage the cookie is simply tried.
  }
}

export function forgetSession(portal: Portal): void {
  try {
    localStorage.removeItem(keyOf(portal))
  } catch {
    // Without storage there is nothing to forget.
  }
}

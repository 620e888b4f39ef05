import type { LiveMap } from 'frontend-shared/live'
import { keys } from './api/keys.ts'
import { session } from './portal.ts'

/** What each event makes stale. Pages add listeners of their own only for notices. */
export const liveMap: LiveMap = {
  'ticket.*': () => [keys.tickets()],
  'service.*': () => [keys.services()],
  'article.*': () => [keys.articles()],
  // One's own account changed: organization and rights decide what every list holds.
  'user.updated': (event) => {
    const state = session.getState()
    if (state.status === 'signed_in' && state.user.id === event.subject.id) void session.refresh()
    return [keys.tickets(), keys.services(), keys.articles()]
  },
}

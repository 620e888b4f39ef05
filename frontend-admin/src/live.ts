import type { LiveMap } from 'frontend-shared/live'
import { keys } from './api/keys.ts'
import { session } from './portal.ts'

/** What each event makes stale. Pages add listeners of their own only for notices. */
export const liveMap: LiveMap = {
  'ticket.*': () => [keys.tickets()],
  'ticket.rated': () => [keys.feedback()],
  'service.*': () => [keys.services()],
  'article.*': () => [keys.articles()],
  'user.*': () => [keys.users(), keys.organizations()],
  'organization.*': () => [keys.organizations(), keys.users()],
  'user.updated': (event) => {
    const state = session.getState()
    // One's own role may have changed; a new token says so to every tab.
    if (state.status === 'signed_in' && state.user.id === event.subject.id) void session.refresh()
  },
}

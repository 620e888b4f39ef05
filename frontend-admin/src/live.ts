import type { LiveEvent } from 'frontend-shared/api'
import type { LiveMap } from 'frontend-shared/live'
import { brandingKey } from 'frontend-shared/branding'
import type { QueryKey } from '@tanstack/react-query'
import { keys } from './api/keys.ts'
import { session } from './portal.ts'

/** A page may know its ticket by id or by number; both name the same one. */
function ofTicket(key: (ticket: string) => QueryKey, { subject }: LiveEvent): QueryKey[] {
  return subject.number === undefined ? [key(subject.id)] : [key(subject.id), key(subject.number)]
}

const lists = () => [keys.ticketLists(), keys.ticketCounts(), keys.insights(), keys.dashboard()]

const changed = (event: LiveEvent) => [
  ...lists(),
  ...ofTicket(keys.ticket, event),
  ...ofTicket(keys.history, event),
]

/** What each event makes stale. Pages add listeners of their own only for notices. */
export const liveMap: LiveMap = {
  'ticket.created': lists,
  // A resolution may have been undone, which the figures count.
  'ticket.updated': (event) => [...changed(event), ...('status' in event.changes ? [keys.feedback()] : [])],
  'ticket.resolved': (event) => [...changed(event), keys.feedback()],
  'ticket.message_added': (event) => [...changed(event), ...ofTicket(keys.messages, event)],
  'ticket.note_added': (event) => [...changed(event), ...ofTicket(keys.messages, event)],
  'ticket.rated': (event) => [...changed(event), keys.feedback()],
  'ticket.rating_seen': () => [keys.feedback(), keys.dashboard()],
  'service.*': () => [keys.services(), keys.categories('service')],
  'article.*': () => [keys.articles(), keys.categories('article')],
  // Services and articles carry the names of their categories.
  'category.*': () => [keys.categories(), keys.services(), keys.articles()],
  'user.created': () => [keys.users(), keys.organizations(), keys.insights()],
  'user.updated': (event) => {
    const state = session.getState()
    // One's own role may have changed; a new token says so to every tab.
    if (state.status === 'signed_in' && state.user.id === event.subject.id) void session.refresh()
    // Tickets and feedback carry people's names and organizations.
    return [keys.users(), keys.organizations(), keys.tickets(), keys.feedback(), keys.insights()]
  },
  'password.*': () => [keys.passwordRequests()],
  'api_key.*': () => [keys.apiKeys()],
  'webhook.*': () => [keys.webhooks()],
  'settings.updated': () => [keys.settings(), brandingKey],
  'organization.created': () => [keys.organizations()],
  'organization.updated': () => [
    keys.organizations(),
    keys.users(),
    keys.tickets(),
    keys.feedback(),
    keys.insights(),
  ],
}

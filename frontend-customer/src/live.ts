import type { QueryKey } from '@tanstack/react-query'
import { brandingKey } from 'frontend-shared/branding'
import type { LiveEvent } from 'frontend-shared/api'
import type { LiveMap } from 'frontend-shared/live'
import { keys } from './api/keys.ts'
import { session } from './portal.ts'

/** What each event makes stale. Pages add listeners of their own only for notices. */
export const liveMap: LiveMap = {
  'ticket.created': () => [keys.ticketLists()],
  'ticket.updated': ticketAndLists,
  'ticket.resolved': ticketAndLists,
  'ticket.rated': ticketAndLists,
  // A reply can change the status, too, and moves the ticket up in lists.
  'ticket.message_added': (event) => [...ticketAndLists(event), ...ofTicket(event, keys.messages)],
  'service.published': serviceAndLists,
  'service.retired': serviceAndLists,
  // Services and articles carry the names of their categories.
  'category.updated': () => [keys.services(), keys.articles()],
  // Articles are known by slugs, which an event does not carry and which may have changed.
  'article.published': () => [keys.articles()],
  'article.archived': () => [keys.articles()],
  // How long a resolution can be rated is a setting, too.
  'settings.updated': () => [brandingKey, keys.tickets()],
  // One's own account changed: organization or rights decide what every list holds.
  'user.updated': (event) => {
    const state = session.getState()
    if (state.status === 'signed_in' && state.user.id === event.subject.id) void session.refresh()
    return [keys.tickets(), keys.services(), keys.articles()]
  },
}

function ticketAndLists(event: LiveEvent): QueryKey[] {
  return [keys.ticketLists(), ...ofTicket(event, keys.ticket)]
}

/** A page may know its ticket by id or by number. */
function ofTicket({ subject }: LiveEvent, key: (ticket: string) => QueryKey): QueryKey[] {
  return subject.number ? [key(subject.id), key(subject.number)] : [key(subject.id)]
}

function serviceAndLists(event: LiveEvent): QueryKey[] {
  return [keys.serviceLists(), keys.service(event.subject.id)]
}

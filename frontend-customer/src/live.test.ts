import { QueryClient, type QueryKey } from '@tanstack/react-query'
import type { EventType, LiveEvent } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { keys } from './api/keys.ts'
import { liveMap } from './live.ts'

function stale(type: EventType, subject: LiveEvent['subject']): readonly QueryKey[] {
  const event: LiveEvent = {
    id: '1',
    type,
    occurred_at: '2026-01-01T00:00:00Z',
    actor: null,
    subject,
    changes: {},
  }
  return liveMap[type]?.(event, new QueryClient()) ?? []
}

const ticket = { kind: 'ticket', id: 'a', number: 'TKT-1' } as const

describe('what an event makes stale', () => {
  it('reaches a ticket under both of its addresses, and every list', () => {
    const found = stale('ticket.message_added', ticket)
    for (const key of [
      keys.ticketLists(),
      keys.ticket('a'),
      keys.ticket('TKT-1'),
      keys.messages('a'),
      keys.messages('TKT-1'),
    ]) {
      expect(found).toContainEqual(key)
    }
  })

  it('leaves the conversation alone when only a field changed', () => {
    expect(stale('ticket.updated', ticket)).not.toContainEqual(keys.messages('a'))
  })

  it('covers every event that customers get', () => {
    const types: [EventType, LiveEvent['subject']['kind']][] = [
      ['ticket.created', 'ticket'],
      ['ticket.updated', 'ticket'],
      ['ticket.resolved', 'ticket'],
      ['ticket.message_added', 'ticket'],
      ['ticket.rated', 'ticket'],
      ['service.published', 'service'],
      ['service.retired', 'service'],
      ['article.published', 'article'],
      ['article.archived', 'article'],
      ['user.updated', 'user'],
    ]
    for (const [type, kind] of types) expect(stale(type, { kind, id: 'a' }), type).not.toEqual([])
  })
})

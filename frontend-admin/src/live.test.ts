import { QueryClient, type QueryKey } from '@tanstack/react-query'
import type { EventType, LiveEvent } from 'frontend-shared/api'
import { describe, expect, it } from 'vitest'
import { keys } from './api/keys.ts'
import { liveMap } from './live.ts'

function stale(type: EventType): readonly QueryKey[] {
  const event: LiveEvent = {
    id: '1',
    type,
    occurred_at: '2026-01-01T00:00:00Z',
    actor: null,
    subject: { kind: 'ticket', id: 'a', number: 'TKT-1' },
    changes: {},
  }
  return liveMap[type]?.(event, new QueryClient()) ?? []
}

describe('what an event makes stale', () => {
  it('is every figure that counts a rating, when it is given and when somebody looks at it', () => {
    for (const type of ['ticket.rated', 'ticket.rating_seen'] as const) {
      expect(stale(type)).toContainEqual(keys.feedback())
      expect(stale(type)).toContainEqual(keys.dashboard())
    }
  })
})

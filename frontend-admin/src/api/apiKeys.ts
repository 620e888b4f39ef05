import { pagedQuery, unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'
import type { components } from './schema.d.ts'

export type ApiKey = components['schemas']['ApiKey']
export type Scope = components['schemas']['Scope']
export type NewApiKey = components['schemas']['ApiKeyCreate']

export const apiKeysQuery = () =>
  pagedQuery(keys.apiKeys(), (cursor, signal) =>
    unwrap(api.GET('/api/admin/api-keys', { params: { query: { ...PAGE, cursor } }, signal })),
  )

export const revokeKey = (id: string) =>
  unwrap(api.POST('/api/admin/api-keys/{id}/revoke', { params: { path: { id } } }))

/** Scopes as they are chosen, by what they are about. */
export const SCOPES = {
  tickets: ['tickets:read', 'tickets:write'],
  people: ['users:read', 'users:write'],
  figures: ['feedback:read', 'insights:read'],
  services: ['services:read', 'services:write'],
  kb: ['kb:read', 'kb:write'],
  events: ['events:read'],
} as const satisfies Record<string, Scope[]>

export type ScopeGroup = keyof typeof SCOPES
export const SCOPE_GROUPS = Object.keys(SCOPES) as ScopeGroup[]

/** What belongs to all organizations cannot be opened to a key for one. */
export const isForOneOrganization = (group: ScopeGroup) => group !== 'services' && group !== 'kb'

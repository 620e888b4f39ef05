import { pagedQuery, unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'
import type { components } from './schema.d.ts'

export type PasswordRequest = components['schemas']['PasswordRequest']

/** Who asked for a new password and waits for a link. */
export const passwordRequestsQuery = () =>
  pagedQuery(keys.passwordRequests(), (cursor, signal) =>
    unwrap(api.GET('/api/admin/password-requests', { params: { query: { ...PAGE, cursor } }, signal })),
  )

export const dismissRequest = (id: string) =>
  unwrap(api.POST('/api/admin/password-requests/{id}/dismiss', { params: { path: { id } } }))

export const makeLink = (user: string) =>
  unwrap(api.POST('/api/admin/users/{id}/password-link', { params: { path: { id: user } } }))

import { unwrap } from '@bsm-platform/client'
import { createApi } from '../api/client.ts'
import type { Operation, Paging } from '../api/operation.ts'
import { pagedQuery } from '../api/pages.ts'
import type { Me, OwnSession, Page, Uuid } from '../api/types.ts'
import type { Session } from '../session/session.ts'

export type MeChanges = Partial<Pick<Me, 'name' | 'language' | 'time_zone' | 'theme'>>

/** The calls about one's own account, which both portals' documents have. */
interface Paths {
  '/api/auth/me': { patch: Operation<Me, { header: { 'If-Match': string }; body: MeChanges }> }
  '/api/auth/password': {
    post: Operation<void, { body: { current_password: string; password: string } }>
  }
  '/api/auth/sessions': { get: Operation<Page<OwnSession>, { query: Paging }>; delete: Operation<void> }
  '/api/auth/sessions/{id}': { delete: Operation<void, { path: { id: Uuid } }> }
}

export const sessionsKey = ['own-sessions']

/** Own account calls, with the session's token. */
export function accountApi(session: Session) {
  const api = createApi<Paths>(session)
  return {
    /** Only what is given changes; of one's own devices the last one stands. */
    change: (changes: MeChanges) =>
      unwrap(api.PATCH('/api/auth/me', { params: { header: { 'If-Match': '*' } }, body: changes })),
    changePassword: (body: { current_password: string; password: string }) =>
      unwrap(api.POST('/api/auth/password', { body })),
    sessions: () =>
      pagedQuery(sessionsKey, (cursor, signal) =>
        unwrap(api.GET('/api/auth/sessions', { params: { query: { limit: 25, cursor } }, signal })),
      ),
    endSession: (id: Uuid) => unwrap(api.DELETE('/api/auth/sessions/{id}', { params: { path: { id } } })),
    signOutEverywhere: () => unwrap(api.DELETE('/api/auth/sessions', {})),
  }
}

import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type OrganizationRole } from 'frontend-shared/api'
import type { UsersSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'

type UserFilters = Omit<UsersSearch, 'tab'> & { organization_role?: OrganizationRole | undefined }

export const usersQuery = ({ active, role, ...search }: UserFilters, limit: number = PAGE.limit) =>
  pagedQuery(keys.users({ ...search, role, active, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/users', {
        params: {
          query: {
            ...search,
            role: role?.join(','),
            active: active === undefined ? undefined : active === 'true',
            limit,
            cursor,
          },
        },
        signal,
      }),
    ),
  )

/** Everybody a ticket can be given to. */
export const staffQuery = () => usersQuery({ role: ['agent', 'admin'], active: 'true' }, 100)

export const userQuery = (id: string) =>
  queryOptions({
    queryKey: keys.user(id),
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/users/{id}', { params: { path: { id } }, signal })),
  })

export const organizationsQuery = (q?: string, limit: number = PAGE.limit) =>
  pagedQuery(keys.organizations({ q, limit }), (cursor, signal) =>
    unwrap(api.GET('/api/admin/organizations', { params: { query: { q, limit, cursor } }, signal })),
  )

export const organizationQuery = (id: string) =>
  queryOptions({
    queryKey: keys.organization(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/organizations/{id}', { params: { path: { id } }, signal })),
  })

export const userSessionsQuery = (id: string) =>
  pagedQuery(keys.userSessions(id), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/users/{id}/sessions', {
        params: { path: { id }, query: { ...PAGE, cursor } },
        signal,
      }),
    ),
  )

export const endSession = (user: string, session: string) =>
  unwrap(
    api.DELETE('/api/admin/users/{id}/sessions/{session_id}', {
      params: { path: { id: user, session_id: session } },
    }),
  )

/** Everywhere at once. */
export const endSessions = (user: string) =>
  unwrap(api.DELETE('/api/admin/users/{id}/sessions', { params: { path: { id: user } } }))

const LINKS_SHOWN = 5

export const passwordLinksQuery = (id: string) =>
  pagedQuery(keys.passwordLinks(id), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/users/{id}/password-links', {
        params: { path: { id }, query: { limit: LINKS_SHOWN, cursor } },
        signal,
      }),
    ),
  )

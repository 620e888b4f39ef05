import { pagedQuery, unwrap } from 'frontend-shared/api'
import type { AuditSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { endOfDay, startOfDay } from './days.ts'
import { keys, PAGE } from './keys.ts'
import type { components } from './schema.d.ts'

export type AuditEntry = components['schemas']['AuditEntry']

export const auditQuery = ({ from, to, action, ...search }: AuditSearch) =>
  pagedQuery(keys.audit({ ...search, action, from, to }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/audit', {
        params: {
          query: {
            ...search,
            action: action?.join(','),
            from: startOfDay(from),
            to: endOfDay(to),
            ...PAGE,
            cursor,
          },
        },
        signal,
      }),
    ),
  )

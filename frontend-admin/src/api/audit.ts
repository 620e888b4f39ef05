import { pagedQuery, unwrap } from 'frontend-shared/api'
import type { AuditSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { momentsOf } from './days.ts'
import { keys, PAGE } from './keys.ts'
import type { components } from './schema.d.ts'

export type AuditEntry = components['schemas']['AuditEntry']

/** Rows of the audit; `zone` is the one whose days the address speaks of. */
export function auditQuery({ from, to, action, ...search }: AuditSearch, zone: string) {
  const query = { ...search, ...momentsOf(from, to, zone), action: action?.join(','), ...PAGE }
  return pagedQuery(keys.audit(query), (cursor, signal) =>
    unwrap(api.GET('/api/admin/audit', { params: { query: { ...query, cursor } }, signal })),
  )
}

import { unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import type { components } from './schema.d.ts'

export type UserImport = components['schemas']['UserImport']
export type ImportLine = components['schemas']['ImportLine']

/** Gives a file of people to the API, which tells of each line what becomes of it. */
export const importUsers = (file: File, dryRun: boolean, createOrganizations: boolean) =>
  unwrap(
    api.POST('/api/admin/users/import', {
      params: { query: { dry_run: dryRun, create_organizations: createOrganizations } },
      headers: { 'Content-Type': 'text/csv' },
      // The document says text; the file is sent as it is, byte for byte.
      body: file as unknown as string,
      bodySerializer: (body) => body,
    }),
  )

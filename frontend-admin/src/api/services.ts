import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap } from 'frontend-shared/api'
import type { ServicesSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'

export const servicesQuery = ({ status, ...search }: ServicesSearch, limit: number = PAGE.limit) =>
  pagedQuery(keys.services({ ...search, status, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/services', {
        params: { query: { ...search, status: status?.join(','), limit, cursor } },
        signal,
      }),
    ),
  )

export const serviceQuery = (id: string) =>
  queryOptions({
    queryKey: keys.service(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/services/{id}', { params: { path: { id } }, signal })),
  })

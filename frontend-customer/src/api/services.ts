import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'

export interface ServiceFilters {
  q?: string | undefined
  category?: string | undefined
  limit?: number
}

export const servicesQuery = ({ q, category, limit = 100 }: ServiceFilters) =>
  pagedQuery(keys.serviceLists({ q, category, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/customer/services', {
        params: {
          query: { limit, q, category, cursor },
        },
        signal,
      }),
    ),
  )

export const serviceQuery = (id: string) =>
  queryOptions({
    queryKey: keys.service(id),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/customer/services/{id}', { params: { path: { id } }, signal })),
  })

import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'
import type { components } from './schema.d.ts'

export type Dashboard = components['schemas']['Dashboard']

/** What the first screen counts, in days of a zone. */
export const dashboardQuery = (query: { days: number; time_zone: string }) =>
  queryOptions({
    queryKey: keys.dashboard(query),
    queryFn: ({ signal }) => unwrap(api.GET('/api/admin/dashboard', { params: { query }, signal })),
    placeholderData: keepPreviousData,
  })

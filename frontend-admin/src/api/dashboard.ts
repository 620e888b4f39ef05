import { keepPreviousData, queryOptions } from '@tanstack/react-query'
import { unwrap } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { timeZone } from './days.ts'
import { keys } from './keys.ts'
import type { components } from './schema.d.ts'

export type Dashboard = components['schemas']['Dashboard']

/** What the first screen counts, in the days of the reader's zone. */
export const dashboardQuery = (days: number) =>
  queryOptions({
    queryKey: keys.dashboard(days),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/dashboard', { params: { query: { time_zone: timeZone(), days } }, signal })),
    placeholderData: keepPreviousData,
  })

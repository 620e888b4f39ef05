import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap } from 'frontend-shared/api'
import type { InsightsSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { keys, PAGE } from './keys.ts'
import { DEFAULT_INSIGHT_SORT } from './insightSorts.ts'
import type { components } from './schema.d.ts'

type Schemas = components['schemas']
/** A row of the list; its id is the customer's. */
export type Insight = Schemas['CustomerInsight'] & { id: string }
export type InsightDetail = Schemas['CustomerInsightDetail']
export type Activity = Schemas['CustomerActivity']
export type Percentiles = Schemas['Percentiles']

export const insightsQuery = ({ sort = DEFAULT_INSIGHT_SORT, ...search }: InsightsSearch) =>
  pagedQuery(keys.insights({ ...search, sort }), async (cursor, signal) => {
    const page = await unwrap(
      api.GET('/api/admin/customer-insights', {
        params: { query: { ...search, sort, limit: PAGE.limit, cursor } },
        signal,
      }),
    )
    return { ...page, items: page.items.map((row): Insight => ({ ...row, id: row.customer.id })) }
  })

export const insightQuery = (customer: string) =>
  queryOptions({
    queryKey: keys.insight(customer),
    queryFn: ({ signal }) =>
      unwrap(
        api.GET('/api/admin/customer-insights/{customer_id}', {
          params: { path: { customer_id: customer } },
          signal,
        }),
      ),
  })

export const activityQuery = (customer: string) =>
  pagedQuery(keys.activity(customer), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/customer-insights/{customer_id}/activity', {
        params: { path: { customer_id: customer }, query: { limit: 20, cursor } },
        signal,
      }),
    ),
  )

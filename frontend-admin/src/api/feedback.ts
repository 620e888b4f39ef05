import { queryOptions } from '@tanstack/react-query'
import { pagedQuery, unwrap, type Score } from 'frontend-shared/api'
import type { Reason } from '../parts/reasons.ts'
import { api } from '../portal.ts'
import type { Moments } from './days.ts'
import { keys, PAGE } from './keys.ts'
import type { components } from './schema.d.ts'

export type FeedbackItem = components['schemas']['Feedback']
export type FeedbackSummary = components['schemas']['FeedbackSummary']
export type FeedbackFigures = components['schemas']['FeedbackFigures']
export type Resolution = components['schemas']['Resolution']

export interface FeedbackFilters extends Moments {
  score?: readonly string[] | undefined
  /** A customer's id. */
  customer?: string | undefined
  /** An id, `me` or `none`. */
  assignee?: string | undefined
  /** An id or `none`. */
  service?: string | undefined
  reason?: Reason | undefined
  seen?: boolean | undefined
}

export interface ResolutionFilters extends Moments {
  assignee?: string | undefined
  service?: string | undefined
  rated?: boolean | undefined
  reopened?: boolean | undefined
}

/** An average of fewer ratings says little, and says so. */
export const FEW = 5

/** The scores that somebody should look at. */
export const LOW: Score[] = [1, 2]

/** The API speaks of lists as one text. */
export const feedbackFilters = ({ score, ...filters }: FeedbackFilters) => ({
  ...filters,
  score: score?.join(','),
})

export const feedbackQuery = (filters: FeedbackFilters, limit: number = PAGE.limit) =>
  pagedQuery(keys.feedback({ ...filters, limit }), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/feedback', {
        params: { query: { ...feedbackFilters(filters), limit, cursor } },
        signal,
      }),
    ),
  )

export const resolutionsQuery = (filters: ResolutionFilters) =>
  pagedQuery(keys.resolutions(filters), (cursor, signal) =>
    unwrap(
      api.GET('/api/admin/resolutions', {
        params: { query: { ...filters, limit: PAGE.limit, cursor } },
        signal,
      }),
    ),
  )

export const feedbackSummaryQuery = (period: Moments & { time_zone: string }) =>
  queryOptions({
    queryKey: keys.feedbackSummary(period),
    queryFn: ({ signal }) =>
      unwrap(api.GET('/api/admin/feedback/summary', { params: { query: period }, signal })),
  })

/** Says that one has looked at a rating as it was when it was read. */
export const markSeen = ({ id, updated_at }: FeedbackItem) =>
  unwrap(api.POST('/api/admin/feedback/{id}/seen', { params: { path: { id } }, body: { updated_at } }))

export const markUnseen = (id: string) =>
  unwrap(api.POST('/api/admin/feedback/{id}/unseen', { params: { path: { id } } }))

import { pagedQuery, unwrap, type FeedbackRow } from 'frontend-shared/api'
import type { FeedbackSearch } from '../paths.ts'
import { api } from '../portal.ts'
import { endOfDay, startOfDay } from './days.ts'
import { keys, PAGE } from './keys.ts'

/** A rating with a name of its own for lists: its ticket and the resolution it is about. */
export type FeedbackItem = FeedbackRow & { id: string }

export const feedbackQuery = ({ from, to, score, ...search }: FeedbackSearch, limit: number = PAGE.limit) =>
  pagedQuery(keys.feedback({ ...search, score, from, to, limit }), async (cursor, signal) => {
    const page = await unwrap(
      api.GET('/api/admin/feedback', {
        params: {
          query: {
            ...search,
            score: score?.join(','),
            from: startOfDay(from),
            to: endOfDay(to),
            limit,
            cursor,
          },
        },
        signal,
      }),
    )
    const items = page.items.map((row): FeedbackItem => ({
      ...row,
      id: `${row.ticket.id} ${row.resolved_at}`,
    }))
    return { ...page, items }
  })

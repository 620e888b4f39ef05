import { queryOptions } from '@tanstack/react-query'
import { unwrap, type Category, type CategoryKind } from 'frontend-shared/api'
import { api } from '../portal.ts'
import { keys } from './keys.ts'

/** All categories of a kind, in their order. */
export const categoriesQuery = (kind: CategoryKind) =>
  queryOptions({
    queryKey: keys.categories(kind),
    queryFn: async ({ signal }): Promise<Category[]> => {
      const { items } = await unwrap(
        api.GET('/api/admin/categories', { params: { query: { kind } }, signal }),
      )
      return items
    },
  })

/** Everything that shows a category of a kind. */
export const shownWith = (kind: CategoryKind) => [
  keys.categories(kind),
  kind === 'service' ? keys.services() : keys.articles(),
]

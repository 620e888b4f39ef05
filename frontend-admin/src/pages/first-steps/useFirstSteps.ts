import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { rowsOf } from 'frontend-shared/api'
import { articlesQuery } from '../../api/articles.ts'
import { staffQuery, usersQuery } from '../../api/people.ts'
import { servicesQuery } from '../../api/services.ts'
import { settingsQuery } from '../../api/settings.ts'

export type Step = 'look' | 'staff' | 'customers' | 'services' | 'articles'

/**
 * Which of the first steps of a desk are done; null while that is not known. A name and a colour
 * are a wish, not a need: a desk is set up without them.
 */
export function useFirstSteps(): { done: Record<Step, boolean>; setUp: boolean } | null {
  const settings = useQuery(settingsQuery())
  const staff = useInfiniteQuery(staffQuery())
  const customers = useInfiniteQuery(usersQuery({ role: ['customer'] }, 1))
  const services = useInfiniteQuery(servicesQuery({ status: ['active'] }, 1))
  const articles = useInfiniteQuery(articlesQuery({ status: ['published'] }, 1))
  const all = [settings, staff, customers, services, articles]
  if (all.some((query) => query.data === undefined)) return null
  const done = {
    look: [settings.data?.brand_name, settings.data?.accent_colour, settings.data?.logo].some(Boolean),
    staff: rowsOf(staff.data).length > 1,
    customers: rowsOf(customers.data).length > 0,
    services: rowsOf(services.data).length > 0,
    articles: rowsOf(articles.data).length > 0,
  }
  return { done, setUp: done.staff && done.customers && done.services && done.articles }
}

import { defineCatalogs } from 'frontend-shared/i18n'

/** English texts of the first steps of a new desk, fetched with them. */
export const firstSteps = {
  'first.title': 'First steps of a new desk',
  'first.taken': '{count} of {total} done. They tick themselves off.',
  'first.hide': 'Hide',
  'first.done': 'Done',
  'first.look': 'Give the desk a name and a colour',
  'first.look_detail': 'In the settings, with whether people may make themselves an account.',
  'first.staff': 'Add your colleagues',
  'first.staff_detail': 'Agents answer tickets and write articles. Each gets a link to set a password.',
  'first.customers': 'Bring your customers',
  'first.customers_detail': 'From a CSV file with their organizations, or one by one under Users.',
  'first.services': 'Publish a service',
  'first.services_detail':
    'What customers can order, with a price and a form that asks what you need to know.',
  'first.articles': 'Publish an article',
  'first.articles_detail': 'Answers that customers find themselves.',
  'first.portal': 'Your customers sign in at',
} as const

export const useT = defineCatalogs(firstSteps)

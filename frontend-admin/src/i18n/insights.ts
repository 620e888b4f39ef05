import { defineCatalogs } from 'frontend-shared/i18n'
import { en } from './en.ts'

/** English texts of the pages about how customers fare, and those of all. */
export const insights = {
  ...en,

  'insights.title': 'Customers',
  'insights.intro': 'How each customer fares: of all time, and live.',
  'insights.search': 'Search by name or e-mail address',
  'insights.any_organization': 'Any organization',
  'insights.sort': 'Order',
  'insights.greatest': '{figure}, greatest first',
  'insights.least': '{figure}, least first',
  'insights.as_of': 'As of {time}, all time.',
  'insights.explained':
    'Median and 90th percentile from the opening of a ticket, by nearest rank. A ticket resolved again counts with its last resolution.',
  'insights.tickets': 'Tickets',
  'insights.first_response': 'First response',
  'insights.resolution': 'Resolution',
  'insights.p90': '90% within {duration}',
  'insights.rating': 'Rating',
  'insights.ratings': { one: '{count} rating', other: '{count} ratings' },
  'insights.few': 'few',
  'insights.orders': 'Orders',
  'insights.last_activity': 'Last activity',
  'insights.never': 'Never',
  'insights.empty': 'No customers here',
  'insights.empty_detail': 'No customer fits this search and these filters.',
  'insights.none_detail': 'Each customer stands here with their figures from the day they have an account.',

  'insight.title': 'Customer',
  'insight.account': 'Account',
  'insight.figures': 'Figures',
  'insight.by_status': 'Tickets by status',
  'insight.tickets': 'Latest tickets',
  'insight.no_tickets': 'No tickets yet.',
  'insight.services': 'Services ordered',
  'insight.no_services': 'Nothing ordered yet.',
  'insight.ordered': { one: '{count} order', other: '{count} orders' },
  'insight.ratings': 'Latest ratings',
  'insight.no_ratings': 'No ratings yet.',
  'insight.activity': 'Activity of the last 30 days',
  'insight.no_activity': 'Nothing has happened in the last 30 days.',

  'insight_sort.created_at': 'Added',
  'insight_sort.tickets.total': 'Tickets',
  'insight_sort.tickets.new': 'New tickets',
  'insight_sort.tickets.open': 'Open tickets',
  'insight_sort.tickets.pending': 'Pending tickets',
  'insight_sort.tickets.on_hold': 'Tickets on hold',
  'insight_sort.tickets.resolved': 'Resolved tickets',
  'insight_sort.tickets.closed': 'Closed tickets',
  'insight_sort.first_response_seconds.median': 'First response, median',
  'insight_sort.first_response_seconds.p90': 'First response, 90th percentile',
  'insight_sort.resolution_seconds.median': 'Resolution, median',
  'insight_sort.resolution_seconds.p90': 'Resolution, 90th percentile',
  'insight_sort.rating.average': 'Average rating',
  'insight_sort.rating.count': 'Ratings',
  'insight_sort.services_requested': 'Orders',
  'insight_sort.last_activity_at': 'Last activity',

  'activity.ticket.created': 'opened',
  'activity.ticket.updated': 'changed',
  'activity.ticket.resolved': 'resolved',
  'activity.ticket.message_added': 'wrote',
  'activity.ticket.rated': 'rated {score} of 5',
  'activity.reopened': 'reopened',
  'activity.closed': 'closed',
  'activity.status': 'set to “{status}”',
} as const

export const useT = defineCatalogs(insights)
export type T = ReturnType<typeof useT>

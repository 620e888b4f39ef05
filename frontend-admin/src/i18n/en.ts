/** English texts of the admin portal. Keys: `<screen>.<what>`. */
export const en = {
  'portal.name': 'Service Desk',

  'pitch.title': 'Every customer, every promise, one calm place.',
  'pitch.point_1': 'All tickets of all customers in one live list.',
  'pitch.point_2': 'Services and articles, drafted in peace, published whole.',
  'pitch.point_3': 'What customers think of the help they got, as they say it.',

  'nav.home': 'Overview',
  'nav.tickets': 'Tickets',
  'nav.services': 'Services',
  'nav.articles': 'Knowledge base',
  'nav.articles_short': 'Articles',
  'nav.feedback': 'Feedback',
  'nav.users': 'Users',

  'sign_in.title': 'Sign in to the desk',
  'sign_in.intro': 'For agents and administrators.',

  'home.title': 'Overview',
  'tickets.title': 'Tickets',
  'new_ticket.title': 'New ticket',
  'ticket.title': 'Ticket',
  'services.title': 'Services',
  'new_service.title': 'New service',
  'service.title': 'Service',
  'articles.title': 'Knowledge base',
  'new_article.title': 'New article',
  'article.title': 'Article',
  'feedback.title': 'Feedback',
  'users.title': 'Users',
  'user.title': 'User',
} as const

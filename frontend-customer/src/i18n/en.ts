/** English texts of the customer portal. Keys: `<screen>.<what>`. */
export const en = {
  'portal.name': 'Help Center',

  'pitch.title': 'Good help, without the waiting in the dark.',
  'pitch.point_1': 'Follow every request from the first word to the solution, live.',
  'pitch.point_2': 'Order services with a clear price and delivery time.',
  'pitch.point_3': 'Find answers in guides written by the people who help you.',

  'nav.dashboard': 'Dashboard',
  'nav.tickets': 'Tickets',
  'nav.services': 'Services',
  'nav.help': 'Help',
  'nav.rating': 'Rating',

  'sign_in.title': 'Welcome back',
  'sign_in.intro': 'Sign in to see your tickets, services and help articles.',
  'sign_in.no_account': 'No account yet?',
  'sign_in.register': 'Create one',
  'sign_in.registered': 'Your account is ready. Sign in with it now.',

  'register.title': 'Create your account',
  'register.intro': 'It takes a minute, and you can ask for help right after.',
  'register.submit': 'Create the account',
  'register.have_account': 'Already have an account?',

  'dashboard.title': 'Dashboard',
  'tickets.title': 'Tickets',
  'new_ticket.title': 'New ticket',
  'ticket.title': 'Ticket',
  'services.title': 'Services',
  'service.title': 'Service',
  'help.title': 'Help',
  'article.title': 'Article',
  'rating.title': 'Rating',
} as const

import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router'
import { FailedPage, NotFoundPage, safeNext } from 'frontend-shared/portal'
import { oneOf, parseSearch, someOf, text, writeSearch, type RawSearch } from 'frontend-shared/routing'
import { Frame } from './Frame.tsx'
import { SignInPage } from './pages/SignInPage.tsx'
import {
  paths,
  type HelpSearch,
  type NewTicketSearch,
  type ServicesSearch,
  type SignInSearch,
  type TicketsSearch,
} from './paths.ts'

/* Every screen of the portal, its address and its search parameters, on this page. */

const root = createRootRoute({ component: Outlet })
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to={paths.dashboard() as '/'} replace />,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (raw: RawSearch): SignInSearch => ({
    next: safeNext(raw['next']),
    notice: oneOf(['password', 'registered'], raw['notice']),
  }),
})

const register = createRoute({
  getParentRoute: () => root,
  path: '/register',
  component: lazyRouteComponent(() => import('./pages/RegisterPage.tsx'), 'RegisterPage'),
})

const setPassword = createRoute({
  getParentRoute: () => root,
  path: '/set-password',
  component: lazyRouteComponent(() => import('./pages/SetPasswordPage.tsx'), 'SetPasswordPage'),
})

const dashboard = createRoute({
  getParentRoute: () => frame,
  path: '/dashboard',
  component: lazyRouteComponent(() => import('./pages/DashboardPage.tsx'), 'DashboardPage'),
})

const tickets = createRoute({
  getParentRoute: () => frame,
  path: '/tickets',
  component: lazyRouteComponent(() => import('./pages/TicketsPage.tsx'), 'TicketsPage'),
  validateSearch: (raw: RawSearch): TicketsSearch => ({
    q: text(raw['q']),
    status: someOf(['new', 'open', 'pending', 'resolved', 'closed'], raw['status']),
    scope: oneOf(['mine', 'organization'], raw['scope']),
    sort: oneOf(['-updated_at', 'updated_at', '-created_at', 'created_at'], raw['sort']),
  }),
})

const newTicket = createRoute({
  getParentRoute: () => frame,
  path: '/tickets/new',
  component: lazyRouteComponent(() => import('./pages/NewTicketPage.tsx'), 'NewTicketPage'),
  validateSearch: (raw: RawSearch): NewTicketSearch => ({
    follow_up_of: text(raw['follow_up_of']),
    article: text(raw['article']),
  }),
})

const ticket = createRoute({
  getParentRoute: () => frame,
  path: '/tickets/$ticket',
  component: lazyRouteComponent(() => import('./pages/TicketPage.tsx'), 'TicketPage'),
})

const services = createRoute({
  getParentRoute: () => frame,
  path: '/services',
  component: lazyRouteComponent(() => import('./pages/ServicesPage.tsx'), 'ServicesPage'),
  validateSearch: (raw: RawSearch): ServicesSearch => ({
    q: text(raw['q']),
    category: text(raw['category']),
  }),
})

const service = createRoute({
  getParentRoute: () => frame,
  path: '/services/$service',
  component: lazyRouteComponent(() => import('./pages/ServicePage.tsx'), 'ServicePage'),
})

const help = createRoute({
  getParentRoute: () => frame,
  path: '/help',
  component: lazyRouteComponent(() => import('./pages/HelpPage.tsx'), 'HelpPage'),
  validateSearch: (raw: RawSearch): HelpSearch => ({
    q: text(raw['q']),
    category: text(raw['category']),
    tag: text(raw['tag']),
  }),
})

const article = createRoute({
  getParentRoute: () => frame,
  path: '/help/$slug',
  component: lazyRouteComponent(() => import('./pages/ArticlePage.tsx'), 'ArticlePage'),
})

const rating = createRoute({
  getParentRoute: () => frame,
  path: '/rating',
  component: lazyRouteComponent(() => import('./pages/RatingPage.tsx'), 'RatingPage'),
})

const forgotPassword = createRoute({
  getParentRoute: () => root,
  path: '/forgot-password',
  component: lazyRouteComponent(() => import('./pages/ForgotPasswordPage.tsx'), 'ForgotPasswordPage'),
})

const profile = createRoute({
  getParentRoute: () => frame,
  path: '/profile',
  component: lazyRouteComponent(() => import('frontend-shared/account'), 'ProfilePage'),
})

const Missing = () => <NotFoundPage home={paths.dashboard()} />

/** Any other address, inside the frame, so that the navigation leads on. */
const missing = createRoute({ getParentRoute: () => frame, path: '$', component: Missing })

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    signIn,
    register,
    setPassword,
    forgotPassword,
    frame.addChildren([
      dashboard,
      tickets,
      newTicket,
      ticket,
      services,
      service,
      help,
      article,
      rating,
      profile,
      missing,
    ]),
  ]),
  basepath: '/customer',
  parseSearch,
  stringifySearch: writeSearch,
  scrollRestoration: true,
  defaultErrorComponent: FailedPage,
  defaultNotFoundComponent: Missing,
})

declare module '@tanstack/react-router' {
  interface Register {
    router: typeof router
  }
}

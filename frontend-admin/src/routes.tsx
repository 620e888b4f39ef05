import {
  createRootRoute,
  createRoute,
  createRouter,
  lazyRouteComponent,
  Navigate,
  Outlet,
} from '@tanstack/react-router'
import { FailedPage, NotFoundPage, safeNext } from 'frontend-shared/portal'
import { oneOf, parseSearch, someOf, text, whole, writeSearch, type RawSearch } from 'frontend-shared/routing'
import { AUDIT_ACTIONS } from './api/auditActions.ts'
import { day } from './api/days.ts'
import { INSIGHT_SORTS } from './api/insightSorts.ts'
import { Frame } from './Frame.tsx'
import { SignInPage } from './pages/SignInPage.tsx'
import { REASONS } from './parts/reasons.ts'
import {
  paths,
  type ArticleHistorySearch,
  type AuditSearch,
  type ArticlesSearch,
  type EmptySearchesSearch,
  type CategoriesSearch,
  type FeedbackSearch,
  type HomeSearch,
  type NewArticleSearch,
  type InsightsSearch,
  type NewTicketSearch,
  type OrganizationSearch,
  type ServiceSearch,
  type ServicesSearch,
  type SignInSearch,
  type TicketSearch,
  type TicketsSearch,
  type UsersSearch,
  type WebhookSearch,
} from './paths.ts'

/* Every screen of the portal, its address and its search parameters, on this page. */

const root = createRootRoute({ component: Outlet })
const frame = createRoute({ getParentRoute: () => root, id: 'frame', component: Frame })

const index = createRoute({
  getParentRoute: () => root,
  path: '/',
  component: () => <Navigate to={paths.home() as '/'} replace />,
})

const signIn = createRoute({
  getParentRoute: () => root,
  path: '/sign-in',
  component: SignInPage,
  validateSearch: (raw: RawSearch): SignInSearch => ({
    next: safeNext(raw['next']),
    notice: oneOf(['password'], raw['notice']),
  }),
})

const setPassword = createRoute({
  getParentRoute: () => root,
  path: '/set-password',
  component: lazyRouteComponent(() => import('./pages/SetPasswordPage.tsx'), 'SetPasswordPage'),
})

const home = createRoute({
  getParentRoute: () => frame,
  path: '/portal',
  component: lazyRouteComponent(() => import('./pages/HomePage.tsx'), 'HomePage'),
  validateSearch: (raw: RawSearch): HomeSearch => ({ days: oneOf(['30'], raw['days']) }),
})

const tickets = createRoute({
  getParentRoute: () => frame,
  path: '/tickets',
  component: lazyRouteComponent(() => import('./pages/TicketsPage.tsx'), 'TicketsPage'),
  validateSearch: (raw: RawSearch): TicketsSearch => ({
    q: text(raw['q']),
    status: someOf(['new', 'open', 'pending', 'on_hold', 'resolved', 'closed'], raw['status']),
    priority: someOf(['low', 'normal', 'high', 'urgent'], raw['priority']),
    category: someOf(['customer_request', 'service_request', 'incident', 'question'], raw['category']),
    assignee: text(raw['assignee']),
    requester: text(raw['requester']),
    organization: text(raw['organization']),
    service: text(raw['service']),
    created_from: day(raw['created_from']),
    created_to: day(raw['created_to']),
    answered_from: day(raw['answered_from']),
    answered_to: day(raw['answered_to']),
    resolved_from: day(raw['resolved_from']),
    resolved_to: day(raw['resolved_to']),
    waiting: oneOf(['true'], raw['waiting']),
    reopened: oneOf(['true'], raw['reopened']),
    ordered: oneOf(['true'], raw['ordered']),
    sort: oneOf(['-updated_at', 'updated_at', '-created_at', 'created_at', 'waiting_since'], raw['sort']),
  }),
})

const newTicket = createRoute({
  getParentRoute: () => frame,
  path: '/tickets/new',
  component: lazyRouteComponent(() => import('./pages/NewTicketPage.tsx'), 'NewTicketPage'),
  validateSearch: (raw: RawSearch): NewTicketSearch => ({ requester: text(raw['requester']) }),
})

const ticket = createRoute({
  getParentRoute: () => frame,
  path: '/tickets/$ticket',
  component: lazyRouteComponent(() => import('./pages/TicketPage.tsx'), 'TicketPage'),
  validateSearch: (raw: RawSearch): TicketSearch => ({ tab: oneOf(['history'], raw['tab']) }),
})

const services = createRoute({
  getParentRoute: () => frame,
  path: '/services',
  component: lazyRouteComponent(() => import('./pages/ServicesPage.tsx'), 'ServicesPage'),
  validateSearch: (raw: RawSearch): ServicesSearch => ({
    q: text(raw['q']),
    category: text(raw['category']),
    status: someOf(['draft', 'active', 'retired'], raw['status']),
  }),
})

const serviceSearch = (raw: RawSearch): ServiceSearch => ({ tab: oneOf(['form'], raw['tab']) })

const newService = createRoute({
  getParentRoute: () => frame,
  path: '/services/new',
  component: lazyRouteComponent(() => import('./pages/NewServicePage.tsx'), 'NewServicePage'),
  validateSearch: serviceSearch,
})

const service = createRoute({
  getParentRoute: () => frame,
  path: '/services/$service',
  component: lazyRouteComponent(() => import('./pages/ServicePage.tsx'), 'ServicePage'),
  validateSearch: serviceSearch,
})

const categories = createRoute({
  getParentRoute: () => frame,
  path: '/categories',
  component: lazyRouteComponent(() => import('./pages/CategoriesPage.tsx'), 'CategoriesPage'),
  validateSearch: (raw: RawSearch): CategoriesSearch => ({ kind: oneOf(['article'], raw['kind']) }),
})

const articles = createRoute({
  getParentRoute: () => frame,
  path: '/knowledge-base',
  component: lazyRouteComponent(() => import('./pages/ArticlesPage.tsx'), 'ArticlesPage'),
  validateSearch: (raw: RawSearch): ArticlesSearch => ({
    q: text(raw['q']),
    category: text(raw['category']),
    tag: text(raw['tag']),
    status: someOf(['draft', 'published', 'archived'], raw['status']),
    sort: oneOf(['-unhelpfulness'], raw['sort']),
  }),
})

const newArticle = createRoute({
  getParentRoute: () => frame,
  path: '/knowledge-base/new',
  component: lazyRouteComponent(() => import('./pages/NewArticlePage.tsx'), 'NewArticlePage'),
  validateSearch: (raw: RawSearch): NewArticleSearch => ({
    title: text(raw['title']),
    ticket: text(raw['ticket']),
  }),
})

const emptySearches = createRoute({
  getParentRoute: () => frame,
  path: '/knowledge-base/missing',
  component: lazyRouteComponent(() => import('./pages/EmptySearchesPage.tsx'), 'EmptySearchesPage'),
  validateSearch: (raw: RawSearch): EmptySearchesSearch => ({
    sort: oneOf(['-last_at'], raw['sort']),
    dismissed: oneOf(['true'], raw['dismissed']),
  }),
})

const article = createRoute({
  getParentRoute: () => frame,
  path: '/knowledge-base/$article',
  component: lazyRouteComponent(() => import('./pages/ArticlePage.tsx'), 'ArticlePage'),
})

const articleHistory = createRoute({
  getParentRoute: () => frame,
  path: '/knowledge-base/$article/history',
  component: lazyRouteComponent(() => import('./pages/ArticleHistoryPage.tsx'), 'ArticleHistoryPage'),
  validateSearch: (raw: RawSearch): ArticleHistorySearch => ({
    n: whole(raw['n']),
    with: whole(raw['with']),
  }),
})

const feedback = createRoute({
  getParentRoute: () => frame,
  path: '/feedback',
  component: lazyRouteComponent(() => import('./pages/FeedbackPage.tsx'), 'FeedbackPage'),
  validateSearch: (raw: RawSearch): FeedbackSearch => ({
    view: oneOf(['ratings', 'resolutions'], raw['view']),
    period: oneOf(['today', '7d', '30d', '90d', '12m', 'all'], raw['period']),
    from: day(raw['from']),
    to: day(raw['to']),
    score: someOf(['1', '2', '3', '4', '5'], raw['score']),
    customer: text(raw['customer']),
    assignee: text(raw['assignee']),
    service: text(raw['service']),
    reason: oneOf(REASONS, raw['reason']),
    seen: oneOf(['true', 'false'], raw['seen']),
    rated: oneOf(['true', 'false'], raw['rated']),
    reopened: oneOf(['true', 'false'], raw['reopened']),
  }),
})

const insights = createRoute({
  getParentRoute: () => frame,
  path: '/customers',
  component: lazyRouteComponent(() => import('./pages/InsightsPage.tsx'), 'InsightsPage'),
  validateSearch: (raw: RawSearch): InsightsSearch => ({
    q: text(raw['q']),
    organization: text(raw['organization']),
    sort: oneOf(INSIGHT_SORTS, raw['sort']),
  }),
})

const insight = createRoute({
  getParentRoute: () => frame,
  path: '/customers/$customer',
  component: lazyRouteComponent(() => import('./pages/InsightPage.tsx'), 'InsightPage'),
})

const users = createRoute({
  getParentRoute: () => frame,
  path: '/users',
  component: lazyRouteComponent(() => import('./pages/UsersPage.tsx'), 'UsersPage'),
  validateSearch: (raw: RawSearch): UsersSearch => ({
    tab: oneOf(['organizations'], raw['tab']),
    q: text(raw['q']),
    role: someOf(['customer', 'agent', 'admin'], raw['role']),
    active: oneOf(['true', 'false'], raw['active']),
    organization: text(raw['organization']),
    sort: oneOf(['-created_at', 'created_at', '-last_seen_at'], raw['sort']),
  }),
})

const newUser = createRoute({
  getParentRoute: () => frame,
  path: '/users/new',
  component: lazyRouteComponent(() => import('./pages/NewUserPage.tsx'), 'NewUserPage'),
})

const importUsers = createRoute({
  getParentRoute: () => frame,
  path: '/users/import',
  component: lazyRouteComponent(() => import('./pages/ImportPage.tsx'), 'ImportPage'),
})

const user = createRoute({
  getParentRoute: () => frame,
  path: '/users/$user',
  component: lazyRouteComponent(() => import('./pages/UserPage.tsx'), 'UserPage'),
})

const passwordRequests = createRoute({
  getParentRoute: () => frame,
  path: '/users/password-requests',
  component: lazyRouteComponent(() => import('./pages/PasswordRequestsPage.tsx'), 'PasswordRequestsPage'),
})

const settings = createRoute({
  getParentRoute: () => frame,
  path: '/settings',
  component: lazyRouteComponent(() => import('./pages/SettingsPage.tsx'), 'SettingsPage'),
})

const integrations = createRoute({
  getParentRoute: () => frame,
  path: '/integrations',
  component: () => <Navigate to={paths.apiKeys() as '/'} replace />,
})

const apiKeys = createRoute({
  getParentRoute: () => frame,
  path: '/integrations/keys',
  component: lazyRouteComponent(() => import('./pages/ApiKeysPage.tsx'), 'ApiKeysPage'),
})

const webhooks = createRoute({
  getParentRoute: () => frame,
  path: '/integrations/webhooks',
  component: lazyRouteComponent(() => import('./pages/WebhooksPage.tsx'), 'WebhooksPage'),
})

const webhook = createRoute({
  getParentRoute: () => frame,
  path: '/integrations/webhooks/$webhook',
  component: lazyRouteComponent(() => import('./pages/WebhookPage.tsx'), 'WebhookPage'),
  validateSearch: (raw: RawSearch): WebhookSearch => ({
    status: oneOf(['waiting', 'delivered', 'failed'], raw['status']),
    event: text(raw['event']),
    delivery: text(raw['delivery']),
  }),
})

const organization = createRoute({
  getParentRoute: () => frame,
  path: '/users/organizations/$organization',
  component: lazyRouteComponent(() => import('./pages/OrganizationPage.tsx'), 'OrganizationPage'),
  validateSearch: (raw: RawSearch): OrganizationSearch => ({
    q: text(raw['q']),
    role: oneOf(['member', 'manager'], raw['role']),
  }),
})

const audit = createRoute({
  getParentRoute: () => frame,
  path: '/users/audit',
  component: lazyRouteComponent(() => import('./pages/AuditPage.tsx'), 'AuditPage'),
  validateSearch: (raw: RawSearch): AuditSearch => ({
    actor: text(raw['actor']),
    action: someOf(AUDIT_ACTIONS, raw['action']),
    subject: text(raw['subject']),
    from: day(raw['from']),
    to: day(raw['to']),
  }),
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

const Missing = () => <NotFoundPage home={paths.home()} />

/** Any other address, inside the frame, so that the navigation leads on. */
const missing = createRoute({ getParentRoute: () => frame, path: '$', component: Missing })

export const router = createRouter({
  routeTree: root.addChildren([
    index,
    signIn,
    setPassword,
    forgotPassword,
    frame.addChildren([
      home,
      tickets,
      newTicket,
      ticket,
      services,
      newService,
      service,
      categories,
      articles,
      newArticle,
      emptySearches,
      article,
      articleHistory,
      feedback,
      insights,
      insight,
      users,
      newUser,
      importUsers,
      user,
      settings,
      integrations,
      apiKeys,
      webhooks,
      webhook,
      passwordRequests,
      organization,
      audit,
      profile,
      missing,
    ]),
  ]),
  basepath: '/admin',
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

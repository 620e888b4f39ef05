import type {
  AdminArticle,
  AdminArticleRow,
  AdminMessage,
  AdminService,
  AdminTicket,
  AdminTicketDetail,
  ArticleContent,
  CatalogPage,
  FeedbackRow,
  HistoryRow,
  IfMatch,
  Me,
  Operation,
  Organization,
  OrganizationRole,
  Page,
  Paging,
  PasswordLink,
  Priority,
  Role,
  ServiceContent,
  Status,
  TicketCategory,
  TicketCounts,
  User,
  Visibility,
} from 'frontend-shared/api'

interface Id {
  id: string
}
interface TicketFilters {
  status?: Status[]
  priority?: Priority[]
  category?: TicketCategory[]
  assignee?: string
  requester?: string
  organization?: string
  service?: string
  q?: string
  created_from?: string
  created_to?: string
}
type ServiceInput = Omit<ServiceContent, 'owner'> & { owner_id: string | null }
type ArticleInput = Omit<ArticleContent, 'body_html'>
interface UserInput {
  name: string
  role: Role
  organization_id?: string | null
  organization_role?: OrganizationRole | null
}

/** The operations of the admin API. */
export interface paths {
  '/api/auth/me': {
    get: Operation<Me>
    patch: Operation<
      Me,
      { body: { name?: string; language?: string | null; time_zone?: string | null; theme?: Me['theme'] } }
    >
  }
  '/api/admin/tickets': {
    get: Operation<Page<AdminTicket>, { query: Paging & TicketFilters & { sort?: string } }>
    post: Operation<
      AdminTicketDetail,
      {
        body: {
          requester_id: string
          subject: string
          description: string
          priority?: Priority
          category?: TicketCategory
          assignee_id?: string
        }
      }
    >
  }
  '/api/admin/tickets/counts': { get: Operation<TicketCounts, { query: TicketFilters }> }
  '/api/admin/tickets/{id}': {
    get: Operation<AdminTicketDetail, { path: Id }>
    patch: Operation<
      AdminTicketDetail,
      {
        path: Id
        header: IfMatch
        body: {
          status?: Status
          priority?: Priority
          category?: TicketCategory
          assignee_id?: string | null
          subject?: string
        }
      }
    >
  }
  '/api/admin/tickets/{id}/messages': {
    get: Operation<Page<AdminMessage>, { path: Id; query: Paging }>
    post: Operation<AdminMessage, { path: Id; body: { body: string; visibility: Visibility } }>
  }
  '/api/admin/tickets/{id}/history': { get: Operation<Page<HistoryRow>, { path: Id; query: Paging }> }
  '/api/admin/services': {
    get: Operation<
      CatalogPage<AdminService>,
      { query: Paging & { status?: string[]; category?: string; q?: string } }
    >
    post: Operation<AdminService, { body: Partial<ServiceInput> & { name: string } }>
  }
  '/api/admin/services/{id}': {
    get: Operation<AdminService, { path: Id }>
    patch: Operation<AdminService, { path: Id; header: IfMatch; body: Partial<ServiceInput> }>
    delete: Operation<undefined, { path: Id; header: IfMatch }>
  }
  '/api/admin/services/{id}/publish': { post: Operation<AdminService, { path: Id }> }
  '/api/admin/services/{id}/retire': { post: Operation<AdminService, { path: Id }> }
  '/api/admin/knowledge-base': {
    get: Operation<
      CatalogPage<AdminArticleRow>,
      { query: Paging & { status?: string[]; category?: string; tag?: string; q?: string } }
    >
    post: Operation<AdminArticle, { body: Partial<ArticleInput> & { title: string } }>
  }
  '/api/admin/knowledge-base/{id}': {
    get: Operation<AdminArticle, { path: Id }>
    patch: Operation<AdminArticle, { path: Id; header: IfMatch; body: Partial<ArticleInput> }>
    delete: Operation<undefined, { path: Id; header: IfMatch }>
  }
  '/api/admin/knowledge-base/{id}/publish': { post: Operation<AdminArticle, { path: Id }> }
  '/api/admin/knowledge-base/{id}/archive': { post: Operation<AdminArticle, { path: Id }> }
  '/api/admin/markdown/preview': { post: Operation<{ body_html: string }, { body: { body: string } }> }
  '/api/admin/feedback': {
    get: Operation<
      Page<FeedbackRow>,
      {
        query: Paging & { score?: string[]; assignee?: string; service?: string; from?: string; to?: string }
      }
    >
  }
  '/api/admin/users': {
    get: Operation<
      Page<User>,
      {
        query: Paging & {
          role?: string[]
          active?: boolean
          organization?: string
          q?: string
          sort?: string
        }
      }
    >
    post: Operation<User, { body: UserInput & { email: string } }>
  }
  '/api/admin/users/{id}': {
    get: Operation<User, { path: Id }>
    patch: Operation<User, { path: Id; header: IfMatch; body: Partial<UserInput> & { active?: boolean } }>
  }
  '/api/admin/users/{id}/password-link': { post: Operation<PasswordLink, { path: Id }> }
  '/api/admin/organizations': {
    get: Operation<Page<Organization>, { query: Paging & { q?: string } }>
    post: Operation<Organization, { body: { name: string } }>
  }
}

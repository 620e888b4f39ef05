import type {
  CatalogPage,
  CustomerArticle,
  CustomerArticleDetail,
  CustomerService,
  CustomerServiceDetail,
  CustomerStatus,
  CustomerTicket,
  CustomerTicketDetail,
  FieldValue,
  Me,
  Message,
  Page,
  Priority,
  Rating,
  Score,
  TicketCategory,
} from 'frontend-shared/api'
import type { Operation, Paging } from 'frontend-shared/api'

interface Id {
  id: string
}
interface Slug {
  slug: string
}

/** The operations of the customer API. */
export interface paths {
  '/api/auth/me': {
    get: Operation<Me>
    patch: Operation<
      Me,
      { body: { name?: string; language?: string | null; time_zone?: string | null; theme?: Me['theme'] } }
    >
  }
  '/api/customer/tickets': {
    get: Operation<
      Page<CustomerTicket>,
      {
        query: Paging & {
          status?: CustomerStatus[]
          q?: string
          rated?: boolean
          scope?: 'mine' | 'organization'
          sort?: string
        }
      }
    >
    post: Operation<
      CustomerTicketDetail,
      {
        body: {
          subject: string
          description: string
          priority?: Priority
          category?: Exclude<TicketCategory, 'service_request'>
          follow_up_of?: string
        }
      }
    >
  }
  '/api/customer/tickets/{id}': { get: Operation<CustomerTicketDetail, { path: Id }> }
  '/api/customer/tickets/{id}/messages': {
    get: Operation<Page<Message>, { path: Id; query: Paging }>
    post: Operation<Message, { path: Id; body: { body: string } }>
  }
  '/api/customer/tickets/{id}/close': { post: Operation<CustomerTicketDetail, { path: Id }> }
  '/api/customer/tickets/{id}/reopen': { post: Operation<CustomerTicketDetail, { path: Id }> }
  '/api/customer/tickets/{id}/rating': {
    put: Operation<Rating, { path: Id; body: { score: Score; comment?: string; reasons?: string[] } }>
  }
  '/api/customer/services': {
    get: Operation<CatalogPage<CustomerService>, { query: Paging & { category?: string; q?: string } }>
  }
  '/api/customer/services/{id}': { get: Operation<CustomerServiceDetail, { path: Id }> }
  '/api/customer/services/{id}/requests': {
    post: Operation<
      CustomerTicketDetail,
      { path: Id; body: { service_version?: number; form: Record<string, FieldValue>; note?: string } }
    >
  }
  '/api/customer/knowledge-base': {
    get: Operation<
      CatalogPage<CustomerArticle>,
      { query: Paging & { category?: string; tag?: string; q?: string } }
    >
  }
  '/api/customer/knowledge-base/{slug}': { get: Operation<CustomerArticleDetail, { path: Slug }> }
  '/api/customer/knowledge-base/{slug}/vote': {
    post: Operation<{ helpful: boolean }, { path: Slug; body: { helpful: boolean; reasons?: string[] } }>
  }
}

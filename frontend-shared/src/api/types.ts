/**
 * The shapes on the wire, one name a concept. The generated `schema.d.ts` of each app
 * takes these over; names here equal the schema names there.
 */

/** RFC 3339 in UTC, with a `Z`. */
export type Time = string
export type Uuid = string

export interface Page<T> {
  items: T[]
  next_cursor: string | null
}

export interface CategoryCount {
  category: string
  icon: ServiceIconName
  count: number
}

export type CategoryKind = 'service' | 'article'

/** A heading under which services or articles stand. */
export interface Category {
  id: Uuid
  kind: CategoryKind
  name: string
  icon: ServiceIconName
  /** Among its kind; the first is 1. */
  place: number
  items: number
  version: number
  created_at: Time
  updated_at: Time
}

/** A page of a catalog, with how many items each category holds. */
export interface CatalogPage<T> extends Page<T> {
  categories: CategoryCount[]
}

export interface Seg {
  text: string
  hit: boolean
}

export interface Highlights {
  title?: Seg[]
  snippet?: Seg[]
}

export interface Person {
  id: Uuid
  name: string
  role: 'customer' | 'staff'
}

export interface OrgRef {
  id: Uuid
  name: string
}

export interface TicketRef {
  id: Uuid
  /** Human number, "TKT-12". */
  number: string
}

export interface ServiceRef {
  id: Uuid
  name: string
}

// --- people and sessions ---------------------------------------------------

export type Role = 'customer' | 'agent' | 'admin'
export type OrganizationRole = 'member' | 'manager'
export type Portal = 'customer' | 'admin'

export interface User {
  id: Uuid
  email: string
  name: string
  role: Role
  organization: OrgRef | null
  organization_role: OrganizationRole | null
  active: boolean
  last_seen_at: Time | null
  created_at: Time
  version: number
}

export interface Me extends User {
  language: string | null
  time_zone: string | null
  theme: 'light' | 'dark' | 'auto'
}

/** A sign-in of one's own. */
export interface OwnSession {
  id: Uuid
  /** Whether it is the one that asks. */
  current: boolean
  portal: Portal
  user_agent: string
  address: string
  created_at: Time
  last_used_at: Time
}

export interface LoginAnswer {
  access_token: string
  token_type: 'Bearer'
  expires_in: number
  user: Me
}

export interface Organization {
  id: Uuid
  name: string
  members: number
  created_at: Time
  version: number
}

export interface PasswordLink {
  url: string
  expires_at: Time
}

// --- tickets ---------------------------------------------------------------

export type CustomerStatus = 'new' | 'open' | 'pending' | 'resolved' | 'closed'
export type Status = CustomerStatus | 'on_hold'
export type Priority = 'low' | 'normal' | 'high' | 'urgent'
export type TicketCategory = 'customer_request' | 'service_request' | 'incident' | 'question'
export type Score = 1 | 2 | 3 | 4 | 5

export interface Rating {
  score: Score
  comment: string | null
  reasons: string[]
  created_at: Time
  updated_at: Time
}

export interface Answer {
  field: string
  label: string
  /** What the field asked for; null for the oldest orders. */
  kind: FieldKind | null
  /** Ready to read, in one form for all readers. */
  value: string
  /** As it was sent. */
  raw: unknown
}

export interface CustomerTicket {
  id: Uuid
  number: string
  subject: string
  description: string
  status: CustomerStatus
  priority: Priority
  category: TicketCategory
  requester: Person
  organization: OrgRef | null
  service: ServiceRef | null
  rating: Rating | null
  created_at: Time
  updated_at: Time
  resolved_at: Time | null
  version: number
  highlights?: Highlights | null
}

interface TicketBody {
  description_html: string
  service_version: number | null
  answers: Answer[]
  follow_up_of: TicketRef | null
  follow_ups: TicketRef[]
}

export interface CustomerTicketDetail extends CustomerTicket, TicketBody {
  can: { reply: boolean; close: boolean; reopen: boolean; rate: boolean }
  rating_until: Time | null
}

export interface Message {
  id: Uuid
  author: Person
  body: string
  body_html: string
  created_at: Time
}

export type Visibility = 'public' | 'internal'

export interface AdminMessage extends Message {
  visibility: Visibility
}

export interface AdminTicket extends Omit<CustomerTicket, 'status'> {
  status: Status
  assignee: Person | null
  closed_at: Time | null
  first_response_at: Time | null
  waiting_since: Time | null
}

export interface ResolutionRating extends Rating {
  resolution: number
}

export interface AdminTicketDetail extends AdminTicket, TicketBody {
  requester_email: string
  /** The transitions allowed from the present status. */
  allowed_statuses: Status[]
  /** Of all resolutions, newest first. */
  ratings: ResolutionRating[]
}

export interface TicketCounts {
  by_status: Record<Status, number>
  by_priority: Record<Priority, number>
  by_assignee: { assignee: Person | null; count: number }[]
  total: number
  /** True when `total` stopped counting at its limit. */
  more: boolean
}

export interface HistoryRow {
  at: Time
  actor: Person | null
  via: 'portal' | 'api_key' | 'import' | 'timer' | 'system'
  api_key: { id: Uuid; name: string } | null
  field: 'status' | 'priority' | 'category' | 'assignee' | 'subject' | 'created' | 'rating'
  from: string | null
  to: string | null
}

// --- services --------------------------------------------------------------

export type FieldKind =
  | 'short_text'
  | 'long_text'
  | 'number'
  | 'email'
  | 'phone'
  | 'date'
  | 'select'
  | 'multi_select'
  | 'yes_no'
  | 'person'
  | 'section'
  | 'note'

export type ConditionOp = 'eq' | 'ne' | 'contains' | 'gt' | 'gte' | 'lt' | 'lte' | 'answered'

/** What a form field can hold. `undefined` stands for "not answered". */
export type FieldValue = string | number | boolean | string[]
export type FormValues = Record<string, FieldValue | undefined>

export interface Condition {
  field: string
  op: ConditionOp
  value?: string | number | boolean
}

export type VisibleIf = { all: Condition[] } | { any: Condition[] }

export interface FieldOption {
  value: string
  label: string
}

export interface FormField {
  id: string
  kind: FieldKind
  label: string
  help?: string
  required?: boolean
  default?: FieldValue
  options?: FieldOption[]
  min?: number
  max?: number
  pattern?: string
  visible_if?: VisibleIf
}

export interface Form {
  fields: FormField[]
}

export type PriceKind = 'free' | 'fixed' | 'on_request'

export const SERVICE_ICONS = [
  'headset',
  'wrench',
  'shield',
  'cloud',
  'server',
  'laptop',
  'phone',
  'key',
  'database',
  'chart',
  'book',
  'users',
  'rocket',
  'code',
  'printer',
  'mail',
] as const
export type ServiceIconName = (typeof SERVICE_ICONS)[number]

export interface Price {
  price_kind: PriceKind
  price_minor: number | null
  currency: string | null
}

export interface CustomerService extends Price {
  id: Uuid
  name: string
  summary: string
  icon: ServiceIconName
  category: string
  delivery_days: number | null
  service_version: number
  published_at: Time | null
  has_form: boolean
  highlights?: Highlights | null
}

export interface CustomerServiceDetail extends CustomerService {
  description: string
  description_html: string
  form: Form
}

export interface ServiceContent extends Price {
  name: string
  summary: string
  description: string
  icon: ServiceIconName
  category: string
  delivery_days: number | null
  owner: Person | null
  form: Form
}

export type ServiceStatus = 'draft' | 'active' | 'retired'

export interface AdminService extends ServiceContent {
  id: Uuid
  status: ServiceStatus
  version: number
  published_version: number | null
  /** The working copy differs from what is live. */
  has_draft: boolean
  published: ServiceContent | null
  description_html: string
  created_at: Time
  updated_at: Time
  published_at: Time | null
}

// --- knowledge base --------------------------------------------------------

export type ArticleVisibility = 'public' | 'customers'
export type ArticleStatus = 'draft' | 'published' | 'archived'

export const VOTE_REASONS = ['outdated', 'unclear', 'incomplete', 'did_not_work', 'other_topic'] as const
export type VoteReason = (typeof VOTE_REASONS)[number]

export interface CustomerArticle {
  id: Uuid
  slug: string
  title: string
  summary: string
  category: string
  tags: string[]
  visibility: ArticleVisibility
  published_at: Time
  updated_at: Time
  highlights?: Highlights | null
}

export interface CustomerArticleDetail extends CustomerArticle {
  body: string
  body_html: string
  toc: { id: string; level: number; text: string }[]
  my_vote: boolean | null
  my_reasons: VoteReason[]
  related: { slug: string; title: string }[]
}

export interface ArticleContent {
  title: string
  slug: string
  summary: string
  body: string
  body_html: string
  category: string
  tags: string[]
  visibility: ArticleVisibility
}

export interface AdminArticle extends ArticleContent {
  id: Uuid
  status: ArticleStatus
  version: number
  published_revision: number | null
  latest_revision: number
  has_draft: boolean
  author: Person | null
  published: ArticleContent | null
  /** Whose answer it began as. */
  ticket: TicketRef | null
  votes: { helpful: number; not_helpful: number; reasons: { reason: VoteReason; count: number }[] }
  /** Readers of the last 30 days. */
  views_30_days: number
  created_at: Time
  updated_at: Time
  published_at: Time | null
}

export interface ArticleRevision extends Omit<ArticleContent, 'body_html'> {
  n: number
  author: Person | null
  created_at: Time
  note: string | null
  restored_from: number | null
  /** What readers see. */
  live: boolean
}

export type AdminArticleRow = Omit<AdminArticle, 'body' | 'body_html' | 'published' | 'ticket'>

/** Words that customers searched for in vain. */
export interface EmptySearch {
  id: Uuid
  words: string
  searches: number
  first_at: Time
  last_at: Time
  dismissed: boolean
}

// --- events ----------------------------------------------------------------

export type EventType =
  | 'ticket.created'
  | 'ticket.updated'
  | 'ticket.resolved'
  | 'ticket.message_added'
  | 'ticket.note_added'
  | 'ticket.rated'
  | 'ticket.rating_seen'
  | 'service.created'
  | 'service.published'
  | 'service.updated'
  | 'service.retired'
  | 'service.deleted'
  | 'category.created'
  | 'category.updated'
  | 'category.deleted'
  | 'article.created'
  | 'article.published'
  | 'article.updated'
  | 'article.archived'
  | 'article.deleted'
  | 'user.created'
  | 'user.updated'
  | 'organization.created'
  | 'organization.updated'
  | 'settings.updated'
  | 'api_key.created'
  | 'api_key.updated'
  | 'api_key.revoked'
  | 'webhook.created'
  | 'webhook.updated'
  | 'webhook.disabled'
  | 'webhook.deleted'
  | 'password.requested'
  | 'password.request_closed'

export interface LiveEvent {
  id: string
  type: EventType
  occurred_at: Time
  actor: Uuid | null
  subject: {
    kind: 'ticket' | 'service' | 'article' | 'user' | 'organization' | 'settings' | 'api_key'
    id: Uuid
    number?: string
  }
  changes: Record<string, { from: unknown; to: unknown }>
}

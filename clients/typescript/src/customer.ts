// Made from openapi/customer.json by `npm run gen`. Do not edit.

export interface paths {
  '/api/auth/login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Signs in.
     * @description The answer also sets the refresh cookie of the portal that the person's role belongs to:
     *     `bsm_refresh_customer` or `bsm_refresh_admin`.
     */
    post: operations['auth.login']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Signs out.
     * @description Ends the sign-in of the portal's refresh cookie and its access tokens at once. Without a
     *     sign-in there is nothing to do, which is no error.
     */
    post: operations['auth.logout']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Tells who is signed in.
     * @description With the rights of this moment.
     */
    get: operations['auth.me']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Changes one's own account.
     * @description Name, language, time zone and theme; they follow the person to all their devices.
     */
    patch: operations['auth.update_me']
    trace?: never
  }
  '/api/auth/password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Changes one's password.
     * @description Needs the present one (else `wrong_password` at `/current_password`). All other sign-ins end,
     *     this one goes on.
     */
    post: operations['auth.password']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/password/forgot': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Asks for a new password.
     * @description The answer is the same, and takes as long, whether or not somebody has the address. Admins see
     *     who asked, and hand out links.
     */
    post: operations['auth.password_forgot']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/password/reset': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sets a password by a link.
     * @description A link works once, for 60 minutes. Wherever the person was signed in, they no longer are.
     */
    post: operations['auth.password_reset']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Renews a sign-in.
     * @description Needs the portal's refresh cookie and sets the next one. The old token may come again while
     *     the new one has not been used; once it has, the old one ends the sign-in.
     */
    post: operations['auth.refresh']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/register': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Makes an account.
     * @description Always a customer's, without an organization, who may sign in at once.
     */
    post: operations['auth.register']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists where one is signed in.
     * @description Newest first; `current` marks the sign-in that asks.
     */
    get: operations['auth.sessions']
    put?: never
    post?: never
    /**
     * Signs out everywhere.
     * @description Ends all sign-ins, this one too, and their access tokens at once.
     */
    delete: operations['auth.end_sessions']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/auth/sessions/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    post?: never
    /**
     * Ends one sign-in.
     * @description Whoever uses it is signed out at once; their streams end.
     */
    delete: operations['auth.end_session']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/branding': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Tells how the desk looks.
     * @description Without signing in; the portals dress by it. May be kept and asked for again with
     *     `If-None-Match`.
     */
    get: operations['branding.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/branding/logo/{hash}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Shows the logo.
     * @description Without signing in. An address shows one picture for ever, so that it can be kept; it is gone
     *     when the logo is another one.
     */
    get: operations['branding.logo']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/empty-searches': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Tells that a search found nothing.
     * @description For a search that has ended, not for each letter typed: authors see what readers miss. Nobody is named. It counts where the search really finds no article.
     */
    post: operations['empty_searches.report']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Streams events.
     * @description What happens, as far as the caller may see it: their tickets as customers see them (never the
     *     assignee; an update with nothing visible in it is left out), what enters and leaves the catalog
     *     and the knowledge base, and changes of the caller.
     *
     *     Server-Sent Events. The first is `hello`; fetch what is shown after it, then follow. Each
     *     event comes exactly once, in order; its `id:` is where a later stream goes on when it is sent
     *     as `Last-Event-ID`. `position` comes each minute and moves that place on; `reset` says that
     *     the log does not reach back so far: fetch everything again. `bye` with a `reason`
     *     (`token_expired`, `session_ended`, `rights_changed`, `shutdown`) is the last: refresh the token
     *     where needed and resume. A comment comes every 15 seconds.
     */
    get: operations['events.stream']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/knowledge-base': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists articles.
     * @description Public ones and those for customers only, newest first. `categories` counts all of them.
     */
    get: operations['articles.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/knowledge-base/{slug}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads an article.
     * @description A slug that it was published under before leads to the one it has now.
     */
    get: operations['articles.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/knowledge-base/{slug}/vote': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Says whether an article helped.
     * @description Each customer counts once; voting again changes the vote and its reasons.
     */
    post: operations['articles.vote']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/rating-reasons': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists the reasons of ratings.
     * @description Which codes a rating may have depends on its score; others are refused.
     */
    get: operations['rating_reasons.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/services': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists the services that can be ordered.
     * @description Newest first; one that is published again keeps its place. `categories` counts all of them.
     */
    get: operations['services.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/services/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one service.
     * @description With the form that an order fills in.
     */
    get: operations['services.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/services/{id}/requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Orders a service.
     * @description The order is a ticket with its answers. It is checked against the version that was filled in,
     *     also where a newer one went live meanwhile; `errors` point into `/form/<field id>`.
     */
    post: operations['services.request']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/tickets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists tickets.
     * @description One's own, or the organization's for its managers, last touched first.
     */
    get: operations['tickets.list']
    put?: never
    /**
     * Opens a ticket.
     * @description It starts as `new` and stands in the desk's list at once.
     */
    post: operations['tickets.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/tickets/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one ticket.
     * @description By its id or its number.
     */
    get: operations['tickets.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/tickets/{id}/close': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Closes a ticket.
     * @description One that was never resolved counts as withdrawn and cannot be rated.
     */
    post: operations['tickets.close']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/tickets/{id}/messages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the conversation.
     * @description Oldest first.
     */
    get: operations['ticket_messages.list']
    put?: never
    /**
     * Replies.
     * @description A pending or resolved ticket is open again.
     */
    post: operations['ticket_messages.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/tickets/{id}/rating': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Rates the current resolution.
     * @description Only the requester; can be changed for as long as the settings say, 28 days after the resolution by default.
     */
    put: operations['tickets.rate']
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/customer/tickets/{id}/reopen': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Opens a resolved ticket again.
     * @description A new resolution can be rated anew; the old rating stays in the history.
     */
    post: operations['tickets.reopen']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/knowledge-base-articles': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists public articles.
     * @description Newest first, without signing in. `categories` counts all of them.
     */
    get: operations['public_articles.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/knowledge-base-articles/{slug}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads a public article.
     * @description Without signing in. An article for customers only is not here.
     */
    get: operations['public_articles.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    /** @description An answer of a service request, ready to read. */
    Answer: {
      /** @description The field's id. */
      field: string
      kind: components['schemas']['FieldKind'] | null
      /** @description The field's label when it was answered. */
      label: string
      /** @description The answer as it was sent, texts trimmed: for programs, and for those who write days and numbers as their readers do. */
      raw: string | number | boolean | string[]
      /**
       * @description The answer as text: labels of choices joined with `, `, `Yes` or `No`, a day as
       *     `2026-11-22`, a number as JSON writes it.
       */
      value: string
    }
    /**
     * Format: uuid
     * @description A knowledge base article.
     */
    ArticleId: string
    /**
     * @description Who may read a published article.
     * @enum {string}
     */
    ArticleVisibility: 'public' | 'customers'
    /** @description How the desk looks, and whether it is open. */
    Branding: {
      /**
       * @description Its colour; null for those of the portals.
       * @example #1a7f5a
       */
      accent_colour: string | null
      /** @description What it calls itself; null for the names of the portals. */
      brand_name: string | null
      logo: components['schemas']['Logo'] | null
      /** @description Whether people may make themselves accounts in the customer portal. */
      registration_open: boolean
    }
    /** @description A part of a list, with the categories of all of it. */
    CatalogAnswer_CustomerArticle: {
      /** @description All categories, whichever is looked at, in the order that the desk gave them. */
      categories: components['schemas']['CategoryCount'][]
      /** @description The rows. */
      items: components['schemas']['CustomerArticle'][]
      /** @description What to ask for the next page with; null on the last, and for a search. */
      next_cursor: string | null
    }
    /** @description A part of a list, with the categories of all of it. */
    CatalogAnswer_CustomerService: {
      /** @description All categories, whichever is looked at, in the order that the desk gave them. */
      categories: components['schemas']['CategoryCount'][]
      /** @description The rows. */
      items: components['schemas']['CustomerService'][]
      /** @description What to ask for the next page with; null on the last, and for a search. */
      next_cursor: string | null
    }
    /** @description How many things a category has. */
    CategoryCount: {
      /**
       * @description The category.
       * @example Support
       */
      category: string
      /**
       * Format: int64
       * @description How many things there are in it.
       */
      count: number
      /** @description Its picture. */
      icon: components['schemas']['ServiceIcon']
    }
    /** @description One choice of a `select` or `multi_select`. */
    Choice: {
      /** @description What is shown. */
      label: string
      /** @description What is stored; unique in the field. */
      value: string
    }
    /**
     * @description The closed list of problem codes.
     * @enum {string}
     */
    Code:
      | 'malformed_json'
      | 'invalid_query'
      | 'invalid_cursor'
      | 'invalid_header'
      | 'unauthenticated'
      | 'invalid_credentials'
      | 'forbidden'
      | 'origin_not_allowed'
      | 'registration_closed'
      | 'not_found'
      | 'method_not_allowed'
      | 'body_stalled'
      | 'email_taken'
      | 'slug_taken'
      | 'name_taken'
      | 'last_admin'
      | 'own_access'
      | 'in_use'
      | 'invalid_transition'
      | 'ticket_closed'
      | 'ticket_not_resolved'
      | 'rating_window_closed'
      | 'too_many_keys'
      | 'nothing_to_publish'
      | 'webhook_limit'
      | 'webhook_disabled'
      | 'in_progress'
      | 'link_invalid'
      | 'position_expired'
      | 'version_mismatch'
      | 'body_too_large'
      | 'unsupported_media_type'
      | 'invalid_body'
      | 'key_reused'
      | 'if_match_required'
      | 'rate_limited'
      | 'internal'
      | 'unavailable'
      | 'storage_full'
    /** @description A question about the answer to an earlier field. */
    Condition: {
      /** @description The id of the earlier field. */
      field: string
      /** @description How its answer is compared. */
      op: components['schemas']['Op']
      /** @description What the answer is compared with; optional for `answered`, where `false` turns the question round. */
      value?: string | number | boolean
    }
    /** @description What the caller may do with a ticket now. */
    CustomerActions: {
      /** @description Close it. */
      close: boolean
      /** @description Rate its resolution, or change the rating. */
      rate: boolean
      /** @description Say that it is not solved. */
      reopen: boolean
      /** @description Write a message. */
      reply: boolean
    }
    /** @description An article in a list. */
    CustomerArticle: {
      /** @description Under which heading it stands. */
      category: string
      highlights?: components['schemas']['Highlights'] | null
      /** @description Its id. */
      id: components['schemas']['ArticleId']
      /**
       * Format: date-time
       * @description When it was first published.
       */
      published_at: string
      /**
       * @description Its name in addresses.
       * @example vpn-on-macos
       */
      slug: string
      /** @description In one or two lines. */
      summary: string
      /** @description Words it is found by. */
      tags: string[]
      /** @description What it is called. */
      title: string
      /**
       * Format: date-time
       * @description When what readers see last changed.
       */
      updated_at: string
      /** @description Who may read it. */
      visibility: components['schemas']['ArticleVisibility']
    }
    /** @description An article on its own page. */
    CustomerArticleDetail: components['schemas']['PublicArticleDetail'] & {
      /** @description Why they did not. */
      my_reasons: components['schemas']['VoteReason'][]
      /** @description Whether the caller found it helpful; null where they did not say. */
      my_vote: boolean | null
    }
    /**
     * @description A search that has ended.
     * @example {
     *       "q": "guest wifi"
     *     }
     */
    CustomerEmptySearch: {
      /** @description What was searched for. */
      q: string
    }
    /** @description A public message. */
    CustomerMessage: {
      /** @description Who wrote it. */
      author: components['schemas']['Person']
      /** @description As it was written, in Markdown. */
      body: string
      /** @description As safe HTML. */
      body_html: string
      /**
       * Format: date-time
       * @description When it was written.
       */
      created_at: string
      /** @description Its id. */
      id: components['schemas']['MessageId']
    }
    /**
     * @description A reply.
     * @example {
     *       "body": "That **worked**, thank you."
     *     }
     */
    CustomerReply: {
      /** @description In Markdown. */
      body: string
    }
    /** @description A service in the catalog. */
    CustomerService: {
      /** @description Under which heading it stands. */
      category: string
      /**
       * @description The currency of a fixed price (ISO 4217).
       * @example EUR
       */
      currency: string | null
      /**
       * Format: int64
       * @description In how many days it is usually delivered.
       */
      delivery_days: number | null
      /** @description Whether there is something to fill in to order it. */
      has_form: boolean
      highlights?: components['schemas']['Highlights'] | null
      /** @description The picture on its card. */
      icon: components['schemas']['ServiceIcon']
      /** @description Its id. */
      id: components['schemas']['ServiceId']
      /** @description What it is called. */
      name: string
      /** @description What kind of price it has. */
      price_kind: components['schemas']['PriceKind']
      /**
       * Format: int64
       * @description A fixed price, in the currency's minor unit.
       */
      price_minor: number | null
      /**
       * Format: date-time
       * @description When it was last published.
       */
      published_at: string | null
      /**
       * Format: int64
       * @description The version that is shown; an order names it.
       */
      service_version: number
      /** @description In one line. */
      summary: string
    }
    /** @description A service on its own page. */
    CustomerServiceDetail: components['schemas']['CustomerService'] & {
      /** @description In full, in Markdown. */
      description: string
      /** @description The description as safe HTML. */
      description_html: string
      /** @description What is filled in to order it. */
      form: components['schemas']['Form']
    }
    /**
     * @description An order.
     * @example {
     *       "service_version": 1,
     *       "form": {
     *         "model": "light",
     *         "seats": 2
     *       },
     *       "note": "Before Monday, please."
     *     }
     */
    CustomerServiceRequest: {
      /** @description The answers, by field id: texts, numbers, booleans and lists of choices. */
      form: Record<string, unknown>
      /** @description What else there is to say, in Markdown. */
      note?: string | null
      /**
       * Format: int64
       * @description The version whose form was filled in; the live one where it is left out.
       */
      service_version?: number
    }
    /**
     * @description A ticket's state as customers see it: `on_hold` reads `open`.
     * @enum {string}
     */
    CustomerStatus: 'new' | 'open' | 'pending' | 'resolved' | 'closed'
    /** @description A ticket in a list. */
    CustomerTicket: {
      /** @description What kind of wish it is. */
      category: components['schemas']['TicketCategory']
      /**
       * Format: date-time
       * @description When it was opened.
       */
      created_at: string
      /** @description As it was written, in Markdown. */
      description: string
      highlights?: components['schemas']['Highlights'] | null
      /** @description Its id. */
      id: components['schemas']['TicketId']
      /**
       * @description The number people call it by.
       * @example TKT-12
       */
      number: string
      organization: components['schemas']['OrganizationRef'] | null
      /** @description How soon somebody should look. */
      priority: components['schemas']['Priority']
      rating: components['schemas']['Rating'] | null
      /** @description Who asked. */
      requester: components['schemas']['Person']
      /**
       * Format: date-time
       * @description When it was last resolved; null again after a reopening.
       */
      resolved_at: string | null
      service: components['schemas']['ServiceRef'] | null
      /** @description Where it stands. */
      status: components['schemas']['CustomerStatus']
      /** @description In one line. */
      subject: string
      /**
       * Format: date-time
       * @description When something changed that its customers can see.
       */
      updated_at: string
      /**
       * Format: int64
       * @description Counts changes of its own fields that its customers can see.
       */
      version: number
    }
    /**
     * @description A new ticket.
     * @example {
     *       "subject": "The printer is silent",
     *       "description": "Since this morning."
     *     }
     */
    CustomerTicketCreate: {
      /** @description What kind of wish; `customer_request` where it is left out. */
      category?: components['schemas']['OpenCategory']
      /** @description In Markdown. */
      description: string
      /** @description Id or number of the ticket this one goes on from. */
      follow_up_of?: string
      /** @description How soon somebody should look; `normal` where it is left out. */
      priority?: components['schemas']['Priority']
      /** @description In one line. */
      subject: string
    }
    /** @description A ticket on its own page. */
    CustomerTicketDetail: components['schemas']['CustomerTicket'] & {
      /** @description The answers of the order's form. */
      answers: components['schemas']['Answer'][]
      /** @description What the caller may do now. */
      can: components['schemas']['CustomerActions']
      /** @description The description as safe HTML. */
      description_html: string
      follow_up_of: components['schemas']['TicketRef'] | null
      /** @description Tickets that go on from this one. */
      follow_ups: components['schemas']['TicketRef'][]
      /**
       * Format: date-time
       * @description Until when the resolution can be rated.
       */
      rating_until: string | null
      /**
       * Format: int64
       * @description The version of the service that was ordered.
       */
      service_version: number | null
    }
    /** @description What a customer said of an article. */
    CustomerVote: {
      /** @description Whether it helped. */
      helpful: boolean
      /** @description Why it did not. */
      reasons: components['schemas']['VoteReason'][]
    }
    /**
     * @description A vote.
     * @example {
     *       "helpful": true
     *     }
     */
    CustomerVoteCreate: {
      /** @description Whether the article helped. */
      helpful: boolean
      /**
       * @description Why it did not; left aside with a vote for it.
       * @example [
       *       "outdated"
       *     ]
       */
      reasons?: components['schemas']['VoteReason'][]
    }
    /**
     * @description The `data` of an event: the little a client needs to decide what to fetch. Ids and codes, no
     *     names and no texts.
     */
    Event: {
      actor: components['schemas']['UserId'] | null
      /** @description What changed, by field, as far as the listener may see it. */
      changes: {
        [key: string]: components['schemas']['FieldChange']
      }
      /**
       * @description The position, as in `id:`. Opaque.
       * @example 1042
       */
      id: string
      /**
       * Format: date-time
       * @description When.
       */
      occurred_at: string
      /** @description What it is about; the ticket of a message, note or rating. */
      subject: components['schemas']['EventSubject']
      /**
       * @description What happened, as in `event:`.
       * @example ticket.updated
       */
      type: string
    }
    /** @description What an event is about. */
    EventSubject: {
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string
      /** @description What kind of thing. */
      kind: components['schemas']['SubjectKind']
      /**
       * @description The number of a ticket.
       * @example TKT-12
       */
      number?: string
    }
    /** @description One field of a form. */
    Field: {
      /** @description What the page starts with; an acceptable answer. */
      default?: string | number | boolean | string[]
      /** @description An explanation under the question. */
      help?: string
      /** @description Its name in answers and conditions; unique in the form and never changed. */
      id: string
      /** @description What it asks for. */
      kind: components['schemas']['FieldKind']
      /** @description The question, or the text of a section or note. */
      label: string
      /**
       * Format: double
       * @description Greatest length, value or count, by kind.
       */
      max?: number
      /**
       * Format: double
       * @description Least length, value or count, by kind.
       */
      min?: number
      /** @description The choices of a `select` or `multi_select`. */
      options?: components['schemas']['Choice'][]
      /** @description What a whole short text must match. */
      pattern?: string
      /** @description Whether an answer is needed while the field is visible. */
      required?: boolean
      /** @description When the field is shown; without it always. */
      visible_if?: components['schemas']['VisibleIf']
    }
    /** @description A field's value before and after: a code, an id, a number, or null. */
    FieldChange: {
      /** @description Before. */
      from: unknown
      /** @description After. */
      to: unknown
    }
    /**
     * @description What a field asks for.
     * @enum {string}
     */
    FieldKind:
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
    /** @description One bad field of a body. */
    FieldProblem: {
      /**
       * @description What kind of rule it breaks.
       * @example too_short
       */
      code: string
      /**
       * @description What is wrong, for people.
       * @example must have at least 3 characters
       */
      detail: string
      /**
       * @description JSON pointer (RFC 6901) to the field.
       * @example /subject
       */
      pointer: string
    }
    /** @description What a customer fills in to order a service. Check it with [`Form::check`] before it is kept. */
    Form: {
      /** @description Its fields in the order they are shown and evaluated. */
      fields: components['schemas']['Field'][]
    }
    /** @description Where a hit has the words that were looked for: segments, never HTML. */
    Highlights: {
      /** @description The best part of the text in segments. */
      snippet: components['schemas']['Segment'][]
      /** @description The title in segments. */
      title: components['schemas']['Segment'][]
    }
    /** @description A part of a list. */
    ListAnswer_CustomerMessage: {
      /** @description The rows. */
      items: components['schemas']['CustomerMessage'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_CustomerTicket: {
      /** @description The rows. */
      items: components['schemas']['CustomerTicket'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_OwnSession: {
      /** @description The rows. */
      items: components['schemas']['OwnSession'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /**
     * @description Who wants to sign in.
     * @example {
     *       "email": "ana@acme.example",
     *       "password": "correct horse battery"
     *     }
     */
    Login: {
      /** @description Their address. */
      email: string
      /** @description Their password. */
      password: string
    }
    /** @description A sign-in, new or renewed. */
    LoginAnswer: {
      /** @description What other calls are authorized with. */
      access_token: string
      /**
       * Format: int64
       * @description How long it is good for, in seconds.
       * @example 600
       */
      expires_in: number
      /**
       * @description How it is sent: `Authorization: Bearer …`.
       * @example Bearer
       */
      token_type: string
      /** @description Who is signed in. */
      user: components['schemas']['Me']
    }
    /** @description The logo of the desk. */
    Logo: {
      /**
       * Format: int64
       * @description Its height in pixels.
       */
      height: number
      /**
       * @description Its path at the API. Another logo has another one.
       * @example /api/branding/logo/9f86d081…
       */
      url: string
      /**
       * Format: int64
       * @description Its width in pixels.
       */
      width: number
    }
    /** @description The signed-in person. */
    Me: components['schemas']['User'] & {
      /**
       * @description The language they chose, as a BCP 47 tag.
       * @example en
       */
      language: string | null
      /** @description Light or dark. */
      theme: components['schemas']['Theme']
      /**
       * @description The time zone they chose, by its IANA name.
       * @example Europe/Berlin
       */
      time_zone: string | null
    }
    /**
     * @description What changes of one's own account; what is left out stays.
     * @example {
     *       "theme": "dark"
     *     }
     */
    MeUpdate: {
      /**
       * Format: language
       * @description The language of the portals, as a BCP 47 tag; null for the browser's.
       * @example en
       */
      language?: string | null
      /** @description The name. */
      name?: string
      /** @description Light or dark. */
      theme?: components['schemas']['Theme']
      /**
       * Format: time-zone
       * @description The time zone of dates, by its IANA name; null for the browser's.
       * @example Europe/Berlin
       */
      time_zone?: string | null
    }
    /**
     * Format: uuid
     * @description One public reply or internal note.
     */
    MessageId: string
    /**
     * @description How a condition compares an answer.
     * @enum {string}
     */
    Op: 'eq' | 'ne' | 'contains' | 'gt' | 'gte' | 'lt' | 'lte' | 'answered'
    /**
     * @description Kinds of wish a ticket can be opened with; an order is made in the catalog.
     * @enum {string}
     */
    OpenCategory: 'customer_request' | 'incident' | 'question'
    /**
     * Format: uuid
     * @description A customer company.
     */
    OrganizationId: string
    /** @description An organization as others see it. */
    OrganizationRef: {
      /** @description Its id. */
      id: components['schemas']['OrganizationId']
      /** @description Its name. */
      name: string
    }
    /**
     * @description What a customer is within an organization.
     * @enum {string}
     */
    OrganizationRole: 'member' | 'manager'
    /** @description A sign-in of one's own. */
    OwnSession: {
      /**
       * @description The network address it came from.
       * @example 203.0.113.9
       */
      address: string
      /**
       * Format: date-time
       * @description When it began.
       */
      created_at: string
      /** @description Whether it is the one that asks. */
      current: boolean
      /** @description Its id. */
      id: components['schemas']['SessionId']
      /**
       * Format: date-time
       * @description When it was last renewed.
       */
      last_used_at: string
      /** @description The portal. */
      portal: components['schemas']['Portal']
      /** @description What the client said it is. */
      user_agent: string
    }
    /**
     * @description Another password.
     * @example {
     *       "current_password": "the old one",
     *       "password": "correct horse battery"
     *     }
     */
    PasswordChange: {
      /**
       * Format: password
       * @description The present one.
       */
      current_password: string
      /** @description The new one. */
      password: string
    }
    /**
     * @description Who forgot their password.
     * @example {
     *       "email": "ana@acme.example"
     *     }
     */
    PasswordForgot: {
      /**
       * Format: idn-email
       * @description Their address.
       */
      email: string
    }
    /**
     * @description A new password, by a link.
     * @example {
     *       "token": "1k0N…",
     *       "password": "correct horse battery"
     *     }
     */
    PasswordReset: {
      /** @description The new password. */
      password: string
      /** @description What the link carries behind `#token=`. */
      token: string
    }
    /** @description A person as others see them. */
    Person: {
      /** @description Their id. */
      id: components['schemas']['UserId']
      /** @description Their name. */
      name: string
      /** @description On which side of the desk they are. */
      role: components['schemas']['Side']
    }
    /**
     * @description The portal a session belongs to; the audience of its tokens.
     * @enum {string}
     */
    Portal: 'customer' | 'admin'
    /**
     * @description Which portal's sign-in is meant.
     * @example {
     *       "portal": "customer"
     *     }
     */
    PortalChoice: {
      /** @description The portal. */
      portal: components['schemas']['Portal']
    }
    /**
     * @description What a service costs.
     * @enum {string}
     */
    PriceKind: 'free' | 'fixed' | 'on_request'
    /**
     * @description How soon somebody should look.
     * @enum {string}
     */
    Priority: 'low' | 'normal' | 'high' | 'urgent'
    /**
     * @description The body of every error answer, `application/problem+json`.
     * @example {
     *       "code": "malformed_json",
     *       "current": {},
     *       "detail": "must have at least 3 characters",
     *       "errors": [
     *         {
     *           "code": "too_short",
     *           "detail": "must have at least 3 characters",
     *           "pointer": "/subject"
     *         }
     *       ],
     *       "request_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
     *       "status": 404,
     *       "title": "Reset your password",
     *       "type": "urn:bsm:problem:not_found"
     *     }
     */
    Problem: {
      /** @description Which one of the closed list it is, for programs. */
      code: components['schemas']['Code']
      /** @description With `version_mismatch`: what is there now. */
      current?: Record<string, unknown> | null
      /** @description This very problem, for people. */
      detail: string
      /** @description All bad fields of a body. */
      errors?: components['schemas']['FieldProblem'][]
      /**
       * Format: uuid
       * @description The request's id, as in the header `X-Request-Id`.
       */
      request_id: string
      /**
       * Format: int32
       * @description The HTTP status.
       */
      status: number
      /** @description The kind of problem, for people. */
      title: string
      /**
       * @description Names the kind of problem.
       * @example urn:bsm:problem:not_found
       */
      type: string
    }
    /** @description An article on its own page. */
    PublicArticleDetail: components['schemas']['CustomerArticle'] & {
      /** @description In full, in Markdown. */
      body: string
      /** @description The body as safe HTML. */
      body_html: string
      /** @description Up to four others. */
      related: components['schemas']['RelatedArticle'][]
      /** @description Its headings. */
      toc: components['schemas']['TocEntry'][]
    }
    /** @description What the requester said of the current resolution. */
    Rating: {
      /** @description In their own words. */
      comment: string | null
      /**
       * Format: date-time
       * @description When it was given.
       */
      created_at: string
      /** @description Codes of reasons they chose. */
      reasons: string[]
      /**
       * Format: int64
       * @description 1 to 5.
       */
      score: 1 | 2 | 3 | 4 | 5
      /**
       * Format: date-time
       * @description When it was last changed.
       */
      updated_at: string
    }
    /**
     * @description What the requester says of a resolution.
     * @example {
     *       "score": 5,
     *       "comment": "Quick and friendly.",
     *       "reasons": [
     *         "fast"
     *       ]
     *     }
     */
    RatingPut: {
      /** @description In their own words. */
      comment?: string | null
      /** @description Reasons that fit the score; see `GET /api/customer/rating-reasons`. */
      reasons?: components['schemas']['Reason'][]
      /**
       * Format: int64
       * @description 1 (very unhappy) to 5 (very happy).
       */
      score: 1 | 2 | 3 | 4 | 5
    }
    /** @description The reasons of every score. */
    RatingReasons: {
      /** @description One entry a score, the lowest first. */
      items: components['schemas']['ReasonsOfScore'][]
    }
    /**
     * @description Why a score is what it is. Which of them can be chosen depends on the score.
     * @enum {string}
     */
    Reason:
      | 'fast'
      | 'friendly'
      | 'expert'
      | 'clear'
      | 'slow'
      | 'not_solved'
      | 'unclear'
      | 'unfriendly'
      | 'wrong_person'
    /** @description The reasons that fit a score. */
    ReasonsOfScore: {
      /** @description The codes that a rating with this score may have. */
      reasons: components['schemas']['Reason'][]
      /**
       * Format: int64
       * @description 1 to 5.
       */
      score: 1 | 2 | 3 | 4 | 5
    }
    /**
     * @description Who wants to have an account.
     * @example {
     *       "email": "dora@initech.example",
     *       "password": "correct horse battery",
     *       "name": "Dora Diaz"
     *     }
     */
    Registration: {
      /**
       * Format: idn-email
       * @description The address they will sign in with.
       */
      email: string
      /** @description Their name. */
      name: string
      /** @description The password they will sign in with. */
      password: string
    }
    /** @description Another article that a reader may want. */
    RelatedArticle: {
      /** @description Its name in addresses. */
      slug: string
      /** @description What it is called. */
      title: string
    }
    /**
     * @description What a person may do at all.
     * @enum {string}
     */
    Role: 'customer' | 'agent' | 'admin'
    /** @description A piece of text for display, never HTML; `hit` where the search found it. */
    Segment: {
      /** @description Whether this is a found word. */
      hit: boolean
      /** @description The text as it was written. */
      text: string
    }
    /**
     * @description The picture on a service's card.
     * @enum {string}
     */
    ServiceIcon:
      | 'headset'
      | 'wrench'
      | 'shield'
      | 'cloud'
      | 'server'
      | 'laptop'
      | 'phone'
      | 'key'
      | 'database'
      | 'chart'
      | 'book'
      | 'users'
      | 'rocket'
      | 'code'
      | 'printer'
      | 'mail'
    /**
     * Format: uuid
     * @description A catalog item customers can order.
     */
    ServiceId: string
    /** @description A service as tickets name it. */
    ServiceRef: {
      /** @description Its id. */
      id: components['schemas']['ServiceId']
      /** @description The name it had in the version that was ordered. */
      name: string
    }
    /**
     * Format: uuid
     * @description One sign-in of one person: a family of refresh tokens.
     */
    SessionId: string
    /**
     * @description On which side of the desk a person is.
     * @enum {string}
     */
    Side: 'customer' | 'staff'
    /**
     * @description What an event is about.
     * @enum {string}
     */
    SubjectKind:
      | 'ticket'
      | 'service'
      | 'article'
      | 'category'
      | 'user'
      | 'organization'
      | 'session'
      | 'api_key'
      | 'settings'
      | 'webhook'
    /**
     * @description Light or dark.
     * @enum {string}
     */
    Theme: 'light' | 'dark' | 'auto'
    /**
     * @description What kind of wish a ticket is.
     * @enum {string}
     */
    TicketCategory: 'customer_request' | 'service_request' | 'incident' | 'question'
    /**
     * Format: uuid
     * @description A ticket; people call it by its number.
     */
    TicketId: string
    /** @description A ticket as other things name it. */
    TicketRef: {
      /** @description Its id. */
      id: components['schemas']['TicketId']
      /**
       * @description The number people call it by.
       * @example TKT-12
       */
      number: string
    }
    /** @description An entry of a table of contents. */
    TocEntry: {
      /** @description The heading's id in the HTML. */
      id: string
      /**
       * Format: int32
       * @description The level it is rendered with, 2 to 6.
       */
      level: number
      /** @description Its plain text. */
      text: string
    }
    /** @description A person who can sign in. */
    User: {
      /** @description Whether they may sign in. */
      active: boolean
      /**
       * Format: date-time
       * @description When they were added.
       */
      created_at: string
      /** @description The address they sign in with, in lower case. */
      email: string
      /** @description Their id. */
      id: components['schemas']['UserId']
      /**
       * Format: date-time
       * @description When they were last here; null if never.
       */
      last_seen_at: string | null
      /** @description Their name. */
      name: string
      organization: components['schemas']['OrganizationRef'] | null
      organization_role: components['schemas']['OrganizationRole'] | null
      /** @description What they may do. */
      role: components['schemas']['Role']
      /**
       * Format: int64
       * @description Counts changes of the fields that can be changed.
       */
      version: number
    }
    /**
     * Format: uuid
     * @description A person who can sign in.
     */
    UserId: string
    /** @description When a field is visible: 1 to 10 conditions on earlier fields. */
    VisibleIf:
      | {
          all: components['schemas']['Condition'][]
        }
      | {
          any: components['schemas']['Condition'][]
        }
    /**
     * @description Why an article did not help.
     * @enum {string}
     */
    VoteReason: 'outdated' | 'unclear' | 'incomplete' | 'did_not_work' | 'other_topic'
    /** @description One message of a stream, as the Server-Sent Events of HTML say. */
    EventMessage: {
      /** @description The place in the log after this message: send it as `Last-Event-ID` to go on there. */
      id?: string
      /** @description `hello`, `reset`, `position`, `bye`, or the type of an event. */
      event: string
      /** @description JSON. Of an event, the event; of `hello`, `reset` and `position` an object with the `position`; of `bye` one with the `reason`. */
      data: string
    }
  }
  responses: never
  parameters: never
  requestBodies: never
  headers: {
    /**
     * @description Names this very request, in the server's log and in a problem's `request_id`.
     * @example 01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f
     */
    'X-Request-Id': string
    /**
     * @description The version of what is answered, for `If-Match` and `If-None-Match`.
     * @example "5"
     */
    ETag: string
    /**
     * @description Where it stands.
     * @example /api/customer/tickets/01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f
     */
    Location: string
    /**
     * @description In how many seconds to try again.
     * @example 2
     */
    'Retry-After': number
    /**
     * @description In how many seconds to try again, where waiting helps.
     * @example 2
     */
    'Retry-After-Optional': number
    /**
     * @description The limits that the call counts against, where the server keeps limits: name, calls (`q`) and seconds (`w`) of each.
     * @example "user";q=1200;w=60
     */
    'RateLimit-Policy': string
    /**
     * @description How these limits stand: calls left (`r`) and seconds until there are more (`t`).
     * @example "user";r=1199;t=1
     */
    RateLimit: string
    /**
     * @description How to say who calls (RFC 9110, section 11.6.1).
     * @example Bearer
     */
    'WWW-Authenticate': string
  }
  pathItems: never
}
export type $defs = Record<string, never>
export interface operations {
  'auth.login': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ana@acme.example",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['Login']
      }
    }
    responses: {
      /** @description Signed in. */
      200: {
        headers: {
          /** @description The refresh token. */
          'Set-Cookie'?: string
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
           *       "expires_in": 600,
           *       "token_type": "Bearer",
           *       "user": {
           *         "active": true,
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "email": "ana@acme.example",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "last_seen_at": "2026-01-15T09:30:00Z",
           *         "name": "Ana Alves",
           *         "organization": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Acme"
           *         },
           *         "organization_role": "member",
           *         "role": "customer",
           *         "version": 5,
           *         "language": "en",
           *         "theme": "light",
           *         "time_zone": "Europe/Berlin"
           *       }
           *     }
           */
          'application/json': components['schemas']['LoginAnswer']
        }
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_credentials`: address and password do not belong together, or the account is not active. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.logout': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "portal": "customer"
         *     }
         */
        'application/json': components['schemas']['PortalChoice']
      }
    }
    responses: {
      /** @description Signed out. */
      204: {
        headers: {
          /** @description Takes the refresh token away. */
          'Set-Cookie'?: string
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `origin_not_allowed`: the page is of another origin. */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.me': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The person. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "active": true,
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "email": "ana@acme.example",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_seen_at": "2026-01-15T09:30:00Z",
           *       "name": "Ana Alves",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "organization_role": "member",
           *       "role": "customer",
           *       "version": 5,
           *       "language": "en",
           *       "theme": "light",
           *       "time_zone": "Europe/Berlin"
           *     }
           */
          'application/json': components['schemas']['Me']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.update_me': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "theme": "dark"
         *     }
         */
        'application/json': components['schemas']['MeUpdate']
      }
    }
    responses: {
      /** @description The person. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "active": true,
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "email": "ana@acme.example",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_seen_at": "2026-01-15T09:30:00Z",
           *       "name": "Ana Alves",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "organization_role": "member",
           *       "role": "customer",
           *       "version": 5,
           *       "language": "en",
           *       "theme": "light",
           *       "time_zone": "Europe/Berlin"
           *     }
           */
          'application/json': components['schemas']['Me']
        }
      }
      /** @description `invalid_header` or `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `version_mismatch` */
      412: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `if_match_required` */
      428: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.password': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "current_password": "the old one",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['PasswordChange']
      }
    }
    responses: {
      /** @description The password is set. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.password_forgot': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "ana@acme.example"
         *     }
         */
        'application/json': components['schemas']['PasswordForgot']
      }
    }
    responses: {
      /** @description Heard. */
      202: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.password_reset': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "token": "1k0N…",
         *       "password": "correct horse battery"
         *     }
         */
        'application/json': components['schemas']['PasswordReset']
      }
    }
    responses: {
      /** @description The password is set. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `link_invalid`: used up, too old or never given. */
      410: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.refresh': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "portal": "customer"
         *     }
         */
        'application/json': components['schemas']['PortalChoice']
      }
    }
    responses: {
      /** @description Signed in for longer. */
      200: {
        headers: {
          /** @description The next refresh token. */
          'Set-Cookie'?: string
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "access_token": "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIuLi4ifQ.c2lnbmF0dXJl",
           *       "expires_in": 600,
           *       "token_type": "Bearer",
           *       "user": {
           *         "active": true,
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "email": "ana@acme.example",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "last_seen_at": "2026-01-15T09:30:00Z",
           *         "name": "Ana Alves",
           *         "organization": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Acme"
           *         },
           *         "organization_role": "member",
           *         "role": "customer",
           *         "version": 5,
           *         "language": "en",
           *         "theme": "light",
           *         "time_zone": "Europe/Berlin"
           *       }
           *     }
           */
          'application/json': components['schemas']['LoginAnswer']
        }
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated`: there is no refresh token, or its sign-in has ended. */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `origin_not_allowed`: the page is of another origin. */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.register': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "email": "dora@initech.example",
         *       "password": "correct horse battery",
         *       "name": "Dora Diaz"
         *     }
         */
        'application/json': components['schemas']['Registration']
      }
    }
    responses: {
      /** @description The person. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "active": true,
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "email": "ana@acme.example",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_seen_at": "2026-01-15T09:30:00Z",
           *       "name": "Ana Alves",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "organization_role": "member",
           *       "role": "customer",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['User']
        }
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `registration_closed`: accounts are made by the desk. */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `email_taken`: somebody has this address. */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.sessions': {
    parameters: {
      query?: {
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of sign-ins. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "address": "203.0.113.9",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "current": true,
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "last_used_at": "2026-01-15T09:30:00Z",
           *           "portal": "customer",
           *           "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_OwnSession']
        }
      }
      /** @description `invalid_query` or `invalid_cursor` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.end_sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description Signed out everywhere. */
      204: {
        headers: {
          /** @description Takes the refresh token away. */
          'Set-Cookie'?: string
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'auth.end_session': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Its id. */
        id: components['schemas']['SessionId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It has ended. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'branding.get': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what is known.
         * @example "5"
         */
        'If-None-Match'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description How it looks. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "accent_colour": "#1a7f5a",
           *       "brand_name": "Acme Service Desk",
           *       "logo": {
           *         "height": 2,
           *         "url": "/api/branding/logo/9f86d081…",
           *         "width": 2
           *       },
           *       "registration_open": true
           *     }
           */
          'application/json': components['schemas']['Branding']
        }
      }
      /** @description As it is known. */
      304: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'branding.logo': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what is known.
         * @example "5"
         */
        'If-None-Match'?: string
      }
      path: {
        /** @description As in the logo's `url`. */
        hash: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The picture. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'image/png': string
          'image/jpeg': string
          'image/webp': string
        }
      }
      /** @description As it is known. */
      304: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'empty_searches.report': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "q": "guest wifi"
         *     }
         */
        'application/json': components['schemas']['CustomerEmptySearch']
      }
    }
    responses: {
      /** @description It is taken note of. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `invalid_header` or `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `in_progress` */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `key_reused` or `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'events.stream': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The last `id:` read; without, from now on.
         * @example 4711
         */
        'Last-Event-ID'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The stream. The schema is that of an event's `data`. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "id": "1041",
           *       "event": "hello",
           *       "data": "{\"position\":\"1041\"}"
           *     }
           */
          'text/event-stream': components['schemas']['EventMessage']
        }
      }
      /** @description `invalid_header` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'articles.list': {
    parameters: {
      query?: {
        /** @description Of this category. */
        category?: string
        /** @description Having this tag. */
        tag?: string
        /**
         * @description Having words that begin with these, one typo forgiven; best first, at most 100, without
         *     pages.
         */
        q?: string
        /** @description Rows of a page, 25 by default; of a search 100. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of articles. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "categories": [
           *         {
           *           "category": "Support",
           *           "count": 12,
           *           "icon": "headset"
           *         }
           *       ],
           *       "items": [
           *         {
           *           "category": "Support",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "published_at": "2026-01-15T09:30:00Z",
           *           "slug": "vpn-on-macos",
           *           "summary": "In three steps, without calling anybody.",
           *           "tags": [
           *             "accounts"
           *           ],
           *           "title": "Reset your password",
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "visibility": "public"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['CatalogAnswer_CustomerArticle']
        }
      }
      /** @description `invalid_query` or `invalid_cursor` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'articles.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description Its slug.
         * @example reset-your-password
         */
        slug: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The article. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "Support",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "slug": "vpn-on-macos",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "visibility": "public",
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "related": [
           *         {
           *           "slug": "reset-your-password",
           *           "title": "Reset your password"
           *         }
           *       ],
           *       "toc": [
           *         {
           *           "id": "cost_center",
           *           "level": 2,
           *           "text": "text"
           *         }
           *       ],
           *       "my_reasons": [
           *         "outdated"
           *       ],
           *       "my_vote": true
           *     }
           */
          'application/json': components['schemas']['CustomerArticleDetail']
        }
      }
      /** @description It has another slug now. */
      301: {
        headers: {
          Location: components['headers']['Location']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'articles.vote': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /**
         * @description Its slug.
         * @example reset-your-password
         */
        slug: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "helpful": true
         *     }
         */
        'application/json': components['schemas']['CustomerVoteCreate']
      }
    }
    responses: {
      /** @description The vote. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "helpful": true,
           *       "reasons": [
           *         "outdated"
           *       ]
           *     }
           */
          'application/json': components['schemas']['CustomerVote']
        }
      }
      /** @description `invalid_header` or `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `in_progress` */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `key_reused` or `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'rating_reasons.list': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The reasons of every score. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "reasons": [
           *             "fast"
           *           ],
           *           "score": 5
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['RatingReasons']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'services.list': {
    parameters: {
      query?: {
        /** @description Of this category. */
        category?: string
        /** @description Having words that begin with these; best first, at most 100, without pages. */
        q?: string
        /** @description Rows of a page, 25 by default; of a search 100. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of services. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "categories": [
           *         {
           *           "category": "Support",
           *           "count": 12,
           *           "icon": "headset"
           *         }
           *       ],
           *       "items": [
           *         {
           *           "category": "Support",
           *           "currency": "EUR",
           *           "delivery_days": 3,
           *           "has_form": true,
           *           "icon": "headset",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Laptop for a new colleague",
           *           "price_kind": "free",
           *           "price_minor": 4900,
           *           "published_at": "2026-01-15T09:30:00Z",
           *           "service_version": 5,
           *           "summary": "In three steps, without calling anybody."
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['CatalogAnswer_CustomerService']
        }
      }
      /** @description `invalid_query` or `invalid_cursor` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'services.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Its id. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The service. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "Support",
           *       "currency": "EUR",
           *       "delivery_days": 3,
           *       "has_form": true,
           *       "icon": "headset",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "name": "Laptop for a new colleague",
           *       "price_kind": "free",
           *       "price_minor": 4900,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "service_version": 5,
           *       "summary": "In three steps, without calling anybody.",
           *       "description": "It blinks **red** since this morning.",
           *       "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "form": {
           *         "fields": [
           *           {
           *             "default": "DE-1234",
           *             "help": "As it stands on the invoice.",
           *             "id": "cost_center",
           *             "kind": "short_text",
           *             "label": "Cost center",
           *             "max": 0.5,
           *             "min": 0.5,
           *             "options": [
           *               {
           *                 "label": "Cost center",
           *                 "value": "DE-1234"
           *               }
           *             ],
           *             "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *             "required": false,
           *             "visible_if": {
           *               "all": [
           *                 {
           *                   "field": "cost_center",
           *                   "op": "eq",
           *                   "value": "DE-1234"
           *                 }
           *               ]
           *             }
           *           }
           *         ]
           *       }
           *     }
           */
          'application/json': components['schemas']['CustomerServiceDetail']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'services.request': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description Its id. */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "service_version": 1,
         *       "form": {
         *         "model": "light",
         *         "seats": 2
         *       },
         *       "note": "Before Monday, please."
         *     }
         */
        'application/json': components['schemas']['CustomerServiceRequest']
      }
    }
    responses: {
      /** @description The ticket. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "customer_request",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "number": "TKT-12",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "priority": "low",
           *       "rating": {
           *         "comment": "Fast and friendly, thank you.",
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "reasons": [
           *           "text"
           *         ],
           *         "score": 5,
           *         "updated_at": "2026-01-15T09:30:00Z"
           *       },
           *       "requester": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "status": "new",
           *       "subject": "The printer on the second floor is offline",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
           *       "can": {
           *         "close": true,
           *         "rate": true,
           *         "reopen": true,
           *         "reply": true
           *       },
           *       "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "follow_up_of": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       },
           *       "follow_ups": [
           *         {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "number": "TKT-12"
           *         }
           *       ],
           *       "rating_until": "2026-01-15T09:30:00Z",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['CustomerTicketDetail']
        }
      }
      /** @description `invalid_header` or `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `in_progress` */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `key_reused` or `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'tickets.list': {
    parameters: {
      query?: {
        /**
         * @description In one of these states, separated by commas.
         * @example open,pending
         */
        status?: string
        /** @description Having words that begin with these, in subject, description or conversation; newest first. */
        q?: string
        /** @description Resolved and rated, or resolved and still to rate. */
        rated?: boolean
        /** @description Whose tickets. */
        scope?: 'mine' | 'organization'
        /** @description The order; with `q` always newest first. */
        sort?: '-updated_at' | 'updated_at' | '-created_at' | 'created_at'
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of tickets. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "category": "customer_request",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "description": "It blinks **red** since this morning.",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "number": "TKT-12",
           *           "organization": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Acme"
           *           },
           *           "priority": "low",
           *           "rating": {
           *             "comment": "Fast and friendly, thank you.",
           *             "created_at": "2026-01-15T09:30:00Z",
           *             "reasons": [
           *               "text"
           *             ],
           *             "score": 5,
           *             "updated_at": "2026-01-15T09:30:00Z"
           *           },
           *           "requester": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "resolved_at": "2026-01-15T09:30:00Z",
           *           "service": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Laptop for a new colleague"
           *           },
           *           "status": "new",
           *           "subject": "The printer on the second floor is offline",
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_CustomerTicket']
        }
      }
      /** @description `invalid_query` or `invalid_cursor` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'tickets.create': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path?: never
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "subject": "The printer is silent",
         *       "description": "Since this morning."
         *     }
         */
        'application/json': components['schemas']['CustomerTicketCreate']
      }
    }
    responses: {
      /** @description The ticket. */
      201: {
        headers: {
          ETag: components['headers']['ETag']
          Location: components['headers']['Location']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "customer_request",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "number": "TKT-12",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "priority": "low",
           *       "rating": {
           *         "comment": "Fast and friendly, thank you.",
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "reasons": [
           *           "text"
           *         ],
           *         "score": 5,
           *         "updated_at": "2026-01-15T09:30:00Z"
           *       },
           *       "requester": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "status": "new",
           *       "subject": "The printer on the second floor is offline",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
           *       "can": {
           *         "close": true,
           *         "rate": true,
           *         "reopen": true,
           *         "reply": true
           *       },
           *       "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "follow_up_of": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       },
           *       "follow_ups": [
           *         {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "number": "TKT-12"
           *         }
           *       ],
           *       "rating_until": "2026-01-15T09:30:00Z",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['CustomerTicketDetail']
        }
      }
      /** @description `invalid_header` or `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `in_progress` */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `key_reused` or `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'tickets.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description Id or number.
         * @example TKT-12
         */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The ticket. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "customer_request",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "number": "TKT-12",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "priority": "low",
           *       "rating": {
           *         "comment": "Fast and friendly, thank you.",
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "reasons": [
           *           "text"
           *         ],
           *         "score": 5,
           *         "updated_at": "2026-01-15T09:30:00Z"
           *       },
           *       "requester": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "status": "new",
           *       "subject": "The printer on the second floor is offline",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
           *       "can": {
           *         "close": true,
           *         "rate": true,
           *         "reopen": true,
           *         "reply": true
           *       },
           *       "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "follow_up_of": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       },
           *       "follow_ups": [
           *         {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "number": "TKT-12"
           *         }
           *       ],
           *       "rating_until": "2026-01-15T09:30:00Z",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['CustomerTicketDetail']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'tickets.close': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /**
         * @description Id or number.
         * @example TKT-12
         */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The ticket, closed. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "customer_request",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "number": "TKT-12",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "priority": "low",
           *       "rating": {
           *         "comment": "Fast and friendly, thank you.",
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "reasons": [
           *           "text"
           *         ],
           *         "score": 5,
           *         "updated_at": "2026-01-15T09:30:00Z"
           *       },
           *       "requester": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "status": "new",
           *       "subject": "The printer on the second floor is offline",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
           *       "can": {
           *         "close": true,
           *         "rate": true,
           *         "reopen": true,
           *         "reply": true
           *       },
           *       "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "follow_up_of": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       },
           *       "follow_ups": [
           *         {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "number": "TKT-12"
           *         }
           *       ],
           *       "rating_until": "2026-01-15T09:30:00Z",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['CustomerTicketDetail']
        }
      }
      /** @description `malformed_json` or `invalid_header` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_transition`: it is closed already. Or `in_progress`. */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` or `key_reused` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'ticket_messages.list': {
    parameters: {
      query?: {
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path: {
        /**
         * @description Id or number.
         * @example TKT-12
         */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of messages. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "items": [
           *         {
           *           "author": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "body": "It blinks **red** since this morning.",
           *           "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_CustomerMessage']
        }
      }
      /** @description `invalid_query` or `invalid_cursor` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'ticket_messages.create': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /**
         * @description Id or number.
         * @example TKT-12
         */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "body": "That **worked**, thank you."
         *     }
         */
        'application/json': components['schemas']['CustomerReply']
      }
    }
    responses: {
      /** @description The message. */
      201: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"
           *     }
           */
          'application/json': components['schemas']['CustomerMessage']
        }
      }
      /** @description `invalid_header` or `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `ticket_closed`: open a follow-up ticket instead. Or `in_progress`. */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `key_reused` or `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'tickets.rate': {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description Id or number.
         * @example TKT-12
         */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "score": 5,
         *       "comment": "Quick and friendly.",
         *       "reasons": [
         *         "fast"
         *       ]
         *     }
         */
        'application/json': components['schemas']['RatingPut']
      }
    }
    responses: {
      /** @description The rating. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "comment": "Fast and friendly, thank you.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "reasons": [
           *         "text"
           *       ],
           *       "score": 5,
           *       "updated_at": "2026-01-15T09:30:00Z"
           *     }
           */
          'application/json': components['schemas']['Rating']
        }
      }
      /** @description `malformed_json` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `ticket_not_resolved` or `rating_window_closed`. */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'tickets.reopen': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /**
         * @description Id or number.
         * @example TKT-12
         */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The ticket, open again. */
      200: {
        headers: {
          ETag: components['headers']['ETag']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "customer_request",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "number": "TKT-12",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "priority": "low",
           *       "rating": {
           *         "comment": "Fast and friendly, thank you.",
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "reasons": [
           *           "text"
           *         ],
           *         "score": 5,
           *         "updated_at": "2026-01-15T09:30:00Z"
           *       },
           *       "requester": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "status": "new",
           *       "subject": "The printer on the second floor is offline",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
           *       "can": {
           *         "close": true,
           *         "rate": true,
           *         "reopen": true,
           *         "reply": true
           *       },
           *       "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "follow_up_of": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       },
           *       "follow_ups": [
           *         {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "number": "TKT-12"
           *         }
           *       ],
           *       "rating_until": "2026-01-15T09:30:00Z",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['CustomerTicketDetail']
        }
      }
      /** @description `malformed_json` or `invalid_header` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unauthenticated` */
      401: {
        headers: {
          'WWW-Authenticate': components['headers']['WWW-Authenticate']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `forbidden` */
      403: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_stalled` */
      408: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_transition`: it is not resolved. Or `in_progress`. */
      409: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `body_too_large` */
      413: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unsupported_media_type` */
      415: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `invalid_body` or `key_reused` */
      422: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `storage_full` */
      507: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'public_articles.list': {
    parameters: {
      query?: {
        /** @description Of this category. */
        category?: string
        /** @description Having this tag. */
        tag?: string
        /**
         * @description Having words that begin with these, one typo forgiven; best first, at most 100, without
         *     pages.
         */
        q?: string
        /** @description Rows of a page, 25 by default; of a search 100. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of articles. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "categories": [
           *         {
           *           "category": "Support",
           *           "count": 12,
           *           "icon": "headset"
           *         }
           *       ],
           *       "items": [
           *         {
           *           "category": "Support",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "published_at": "2026-01-15T09:30:00Z",
           *           "slug": "vpn-on-macos",
           *           "summary": "In three steps, without calling anybody.",
           *           "tags": [
           *             "accounts"
           *           ],
           *           "title": "Reset your password",
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "visibility": "public"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['CatalogAnswer_CustomerArticle']
        }
      }
      /** @description `invalid_query` or `invalid_cursor` */
      400: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
  'public_articles.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /**
         * @description Its slug.
         * @example reset-your-password
         */
        slug: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The article. */
      200: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "category": "Support",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "slug": "vpn-on-macos",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "visibility": "public",
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "related": [
           *         {
           *           "slug": "reset-your-password",
           *           "title": "Reset your password"
           *         }
           *       ],
           *       "toc": [
           *         {
           *           "id": "cost_center",
           *           "level": 2,
           *           "text": "text"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['PublicArticleDetail']
        }
      }
      /** @description It has another slug now. */
      301: {
        headers: {
          Location: components['headers']['Location']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
      }
      /** @description `not_found` */
      404: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `rate_limited` */
      429: {
        headers: {
          'Retry-After': components['headers']['Retry-After']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `internal` */
      500: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
      /** @description `unavailable` */
      503: {
        headers: {
          'Retry-After': components['headers']['Retry-After-Optional']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          'application/problem+json': components['schemas']['Problem']
        }
      }
    }
  }
}

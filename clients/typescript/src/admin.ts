// Made from openapi/admin.json by `npm run gen`. Do not edit.

export interface paths {
  '/api/admin/api-keys': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists keys.
     * @description Newest first, those that are good no longer too. What stands here never opens anything: the key
     *     itself is only in the answer that made it.
     *
     *     Admins; no API key.
     */
    get: operations['api_keys.list']
    put?: never
    /**
     * Makes a key.
     * @description The answer is the only one that has the key in it: keep it where secrets are kept. It acts for
     *     whoever made it, never with more rights than they have when it is used, and ends with their
     *     account. At most 100 are in force at once (else `too_many_keys`). Only admins, signed in.
     *
     *     Admins; no API key.
     */
    post: operations['api_keys.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/api-keys/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one key.
     * @description All but the key itself.
     *
     *     Admins; no API key.
     */
    get: operations['api_keys.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Renames a key.
     * @description What it is for never changes: make another one, then revoke this.
     *
     *     Admins; no API key.
     */
    patch: operations['api_keys.update']
    trace?: never
  }
  '/api/admin/api-keys/{id}/revoke': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Revokes a key.
     * @description It opens nothing from now on, on no replica, and its streams end. It cannot be undone; again is
     *     no change.
     *
     *     Admins; no API key.
     */
    post: operations['api_keys.revoke']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/audit': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the audit.
     * @description Every write that matters for security, newest first: who did what to whom, when, through what.
     *     Rows are only ever added. Names are those of today; a sign-in that failed is no row. Only
     *     admins.
     *
     *     Admins; no API key.
     */
    get: operations['audit.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/categories': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists categories.
     * @description Each kind in its own order, all at once: there are at most 200 of a kind, so `next_cursor` is
     *     always null.
     *
     *     Agents and admins; API keys with `services:read` or `kb:read`.
     */
    get: operations['categories.list']
    put?: never
    /**
     * Makes a category.
     * @description Admins only. It is the last of its kind. Services and articles that name a category which does
     *     not exist make it, too. Names that differ only in case, accents or punctuation are the same name.
     *
     *     Admins; API keys with `services:write` and `kb:write`.
     */
    post: operations['categories.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/categories/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one category.
     * @description With how much stands under it.
     *
     *     Agents and admins; API keys with `services:read` or `kb:read`.
     */
    get: operations['categories.get']
    put?: never
    post?: never
    /**
     * Deletes a category.
     * @description Admins only. One that something stands under can only be merged into another one.
     *
     *     Admins; API keys with `services:write` and `kb:write`.
     */
    delete: operations['categories.delete']
    options?: never
    head?: never
    /**
     * Changes a category.
     * @description Admins only. Another name is read at once wherever the category is: in services and articles that
     *     are live, in drafts, in history, and in the search. The others of its kind close up behind one
     *     that is moved.
     *
     *     Admins; API keys with `services:write` and `kb:write`.
     */
    patch: operations['categories.update']
    trace?: never
  }
  '/api/admin/categories/{id}/merge': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Merges a category into another one.
     * @description Admins only. Whatever stands under it stands under the other one then, history included; the
     *     category itself is deleted. This cannot be undone.
     *
     *     Admins; API keys with `services:write` and `kb:write`.
     */
    post: operations['categories.merge']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/customer-insights': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists customers with their figures.
     * @description Tickets by status, first response and resolution in seconds from the opening (the median and
     *     the 90th percentile, by nearest rank), ratings, services ordered, last activity. Of all time, or
     *     of the tickets opened from `from` to before `to`. A ticket reopened and resolved again counts
     *     with its last resolution; one that is reopened has none. Last activity is when something last
     *     happened that the customer sees.
     *
     *     With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
     *     line of column names, which are the fields of the JSON rows (`customer.name`), then a line a
     *     row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
     *     would take for a formula. A file that fails on the way is broken off, without its end. Two at
     *     once a person. In an
     *     order by a figure a customer whose figures move meanwhile may be in it twice or not at all; by
     *     `created_at` each is there once.
     *
     *     Agents and admins; API keys with `insights:read`.
     */
    get: operations['customer_insights.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/customer-insights/{customer_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one customer's figures.
     * @description As in the list, and the services they ordered, of all time.
     *
     *     Agents and admins; API keys with `insights:read`.
     */
    get: operations['customer_insights.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/customer-insights/{customer_id}/activity': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists what happened around one customer.
     * @description Openings, replies, changes, resolutions and ratings of their tickets, newest first, as long as
     *     events are kept (30 days); notes among staff are not among them.
     *
     *     Agents and admins; API keys with `insights:read`.
     */
    get: operations['customer_insights.activity']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/dashboard': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the dashboard.
     * @description What needs somebody now, today so far, tickets opened and resolved a day, and open tickets by
     *     age. Each count is that of the list of tickets with the filters that its description names.
     *
     *     Agents and admins; API keys with `insights:read`.
     */
    get: operations['dashboard.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/empty-searches': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists searches that found nothing.
     * @description What customers looked for in the knowledge base in vain, without who did. At most 5,000 different ones are kept; then those searched for least make room.
     *
     *     Agents and admins; API keys with `kb:read`.
     */
    get: operations['empty_searches.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/empty-searches/{id}/dismiss': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sets a search aside.
     * @description It is counted on, but no longer listed among what is missing.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    post: operations['empty_searches.dismiss']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/empty-searches/{id}/take-up': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Takes a search up again.
     * @description It is listed among what is missing.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    post: operations['empty_searches.take_up']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/events': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Streams events.
     * @description What happens to tickets, internal notes included, services, articles, drafts included, people
     *     and organizations.
     *
     *     Server-Sent Events. The first is `hello`; fetch what is shown after it, then follow. Each
     *     event comes exactly once, in order; its `id:` is where a later stream goes on when it is sent
     *     as `Last-Event-ID`. `position` comes each minute and moves that place on; `reset` says that
     *     the log does not reach back so far: fetch everything again. `bye` with a `reason`
     *     (`token_expired`, `session_ended`, `key_revoked`, `rights_changed`, `shutdown`) is the last:
     *     refresh the token where needed and resume. A comment comes every 15 seconds.
     *
     *     Agents and admins; API keys with `events:read`.
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
  '/api/admin/events/log': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the log of events in pages.
     * @description The same events as the stream's, in the same order and form, for those who cannot hold a stream:
     *     send the `position` of each answer as `after` of the next call, at once where `more` says so, else
     *     after a pause. Events are kept for 30 days; a position that the log no longer reaches to is a 410
     *     `position_expired`: load everything again, and go on from `after=latest`.
     *
     *     Agents and admins; API keys with `events:read`.
     */
    get: operations['events.log']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/feedback': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists ratings.
     * @description Newest first, each with its ticket and the people around it. A rating lies in the period in
     *     which it was first given, here and in the summary; a change does not move it.
     *
     *     With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
     *     line of column names, which are the fields of the JSON rows (`customer.name`), then a line a
     *     row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
     *     would take for a formula. A file that fails on the way is broken off, without its end. Two at
     *     once a person.
     *
     *     Agents and admins; API keys with `feedback:read`.
     */
    get: operations['feedback.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/feedback/summary': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Sums up what customers said.
     * @description A rating counts in the period in which it was first given, a resolution in the one in which it
     *     took place; changes move neither. The response rate speaks of the period's resolutions and
     *     whether they are rated by now. Each figure is the length of a list: `count` and `distribution`
     *     of `GET /api/admin/feedback` with the same `from` and `to`, `resolutions` of
     *     `GET /api/admin/resolutions`.
     *
     *     Agents and admins; API keys with `feedback:read`.
     */
    get: operations['feedback.summary']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/feedback/{id}/seen': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Says that one has looked at a rating.
     * @description Takes it out of the queue of low scores; others see who it was, live. Whoever looked first
     *     stays; saying it again changes nothing. A rating that its customer changes is unseen again.
     *
     *     Agents and admins; no API key.
     */
    post: operations['feedback.seen']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/feedback/{id}/unseen': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Takes back that somebody has looked at a rating.
     * @description It is in the queue of low scores again, if it is low. Again is no change.
     *
     *     Agents and admins; no API key.
     */
    post: operations['feedback.unseen']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists articles.
     * @description Their working copies without the texts. `categories` counts under the same `status`.
     *
     *     Agents and admins; API keys with `kb:read`.
     */
    get: operations['articles.list']
    put?: never
    /**
     * Drafts an article.
     * @description Readers see it once it is published.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    post: operations['articles.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one article.
     * @description The working copy, with what is live beside it.
     *
     *     Agents and admins; API keys with `kb:read`.
     */
    get: operations['articles.get']
    put?: never
    post?: never
    /**
     * Deletes an article.
     * @description Only one that was never published; others can be archived.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    delete: operations['articles.delete']
    options?: never
    head?: never
    /**
     * Changes the working copy of an article.
     * @description Every change is a new revision, and `note` says what it was for. What readers see stays as it is until it is published.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    patch: operations['articles.update']
    trace?: never
  }
  '/api/admin/knowledge-base/{id}/archive': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Archives an article.
     * @description It leaves the knowledge base and can be published again.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    post: operations['articles.archive']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base/{id}/context': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads what stands around an article.
     * @description Its old addresses, and the articles that its readers are offered besides.
     *
     *     Agents and admins; API keys with `kb:read`.
     */
    get: operations['article_context.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base/{id}/publish': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Publishes an article.
     * @description The working copy goes live; an archived article is published again.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    post: operations['articles.publish']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base/{id}/revisions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists the revisions of an article.
     * @description Newest first, with their texts. A page of long ones has fewer rows than `limit`; `next_cursor` says whether more follow.
     *
     *     Agents and admins; API keys with `kb:read`.
     */
    get: operations['article_revisions.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base/{id}/revisions/{n}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one revision of an article.
     * @description What the article said when it was saved.
     *
     *     Agents and admins; API keys with `kb:read`.
     */
    get: operations['article_revisions.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/knowledge-base/{id}/revisions/{n}/restore': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Restores a revision of an article.
     * @description What it says becomes the working copy again, byte for byte, as a new revision. What readers see stays as it is until it is published. The old slug comes back, too; where another article took it meanwhile, `keep_slug` restores all the rest. What stands there already leaves no new revision.
     *
     *     Agents and admins; API keys with `kb:write`.
     */
    post: operations['article_revisions.restore']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/markdown/preview': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Shows what a text will look like.
     * @description The same rendering that articles, services and messages get. Nothing is kept.
     *
     *     Agents and admins; API keys with `kb:read` or `tickets:read`.
     */
    post: operations['markdown.preview']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/organizations': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists organizations.
     * @description Newest first.
     *
     *     Agents and admins; API keys with `users:read`.
     */
    get: operations['organizations.list']
    put?: never
    /**
     * Adds an organization.
     * @description Names that differ only in case, accents or punctuation are the same name. Only admins.
     *
     *     Admins; API keys with `users:write`.
     */
    post: operations['organizations.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/organizations/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one organization.
     * @description With the number of its people.
     *
     *     Agents and admins; API keys with `users:read`.
     */
    get: operations['organizations.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Renames an organization.
     * @description Names that differ only in case, accents or punctuation are the same name. Only admins.
     *
     *     Admins; API keys with `users:write`.
     */
    patch: operations['organizations.update']
    trace?: never
  }
  '/api/admin/password-requests': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists who asked for a new password.
     * @description Those who wait longest first. Whoever is handed a link is no longer here.
     *
     *     Agents and admins; no API key.
     */
    get: operations['password_requests.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/password-requests/{id}/dismiss': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Closes a request without a link.
     * @description The person remembered, or it was not they who asked. Only admins.
     *
     *     Admins; no API key.
     */
    post: operations['password_requests.dismiss']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/resolutions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists resolutions.
     * @description Newest first. A ticket is here once for each time it was resolved, also where it was opened
     *     again since; a withdrawn ticket is not here. The rows behind `resolutions` of the feedback
     *     summary.
     *
     *     Agents and admins; API keys with `feedback:read`.
     */
    get: operations['resolutions.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/services': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists services.
     * @description Their working copies, newest first. `categories` counts under the same `status`.
     *
     *     Agents and admins; API keys with `services:read`.
     */
    get: operations['services.list']
    put?: never
    /**
     * Drafts a service.
     * @description Admins only. Customers see it once it is published.
     *
     *     Admins; API keys with `services:write`.
     */
    post: operations['services.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/services/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one service.
     * @description The working copy, with what is live beside it.
     *
     *     Agents and admins; API keys with `services:read`.
     */
    get: operations['services.get']
    put?: never
    post?: never
    /**
     * Deletes a service.
     * @description Admins only. One that was ordered can only be retired.
     *
     *     Admins; API keys with `services:write`.
     */
    delete: operations['services.delete']
    options?: never
    head?: never
    /**
     * Changes the working copy of a service.
     * @description Admins only. What is live stays as it is until the draft is published.
     *
     *     Admins; API keys with `services:write`.
     */
    patch: operations['services.update']
    trace?: never
  }
  '/api/admin/services/{id}/publish': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Publishes a service.
     * @description Admins only. Its draft goes live; a retired service is active again.
     *
     *     Admins; API keys with `services:write`.
     */
    post: operations['services.publish']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/services/{id}/retire': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Retires a service.
     * @description Admins only. It leaves the catalog; its tickets stay, and it can be published again.
     *
     *     Admins; API keys with `services:write`.
     */
    post: operations['services.retire']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/settings': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the settings.
     * @description What admins decided for the whole desk.
     *
     *     Agents and admins; no API key.
     */
    get: operations['settings.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Changes the settings.
     * @description They hold from the next request on, on every replica. Only admins.
     *
     *     Admins; no API key.
     */
    patch: operations['settings.update']
    trace?: never
  }
  '/api/admin/settings/logo': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    /**
     * Gives the desk a logo.
     * @description PNG, JPEG or WebP, told by the bytes; at most 256 KiB, each side 16 to 2048 pixels. SVG is
     *     refused, because it can run scripts. Only admins.
     *
     *     Admins; no API key.
     */
    put: operations['settings.put_logo']
    post?: never
    /**
     * Takes the logo away.
     * @description The portals show their own mark again. Only admins.
     *
     *     Admins; no API key.
     */
    delete: operations['settings.delete_logo']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/tickets': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists all tickets.
     * @description Every ticket of every customer in one list, last touched first.
     *
     *     With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
     *     line of column names, which are the fields of the JSON rows (`requester.name`), then a line a
     *     row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
     *     would take for a formula. A file that fails on the way is broken off, without its end. Two at
     *     once a person. In an
     *     order by `updated_at` or `waiting_since` a ticket that moves meanwhile may be in it twice or
     *     not at all; by `created_at` each is there once.
     *
     *     Agents and admins; API keys with `tickets:read`.
     */
    get: operations['tickets.list']
    put?: never
    /**
     * Opens a ticket for a customer.
     * @description The customer sees it in their list at once.
     *
     *     Agents and admins; API keys with `tickets:write`.
     */
    post: operations['tickets.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/tickets/counts': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Counts tickets.
     * @description By status, priority and assignee, under the filters of the list.
     *
     *     Agents and admins; API keys with `tickets:read`.
     */
    get: operations['tickets.counts']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/tickets/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one ticket.
     * @description By its id or its number.
     *
     *     Agents and admins; API keys with `tickets:read`.
     */
    get: operations['tickets.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Changes fields of a ticket.
     * @description A JSON merge patch of the version that `If-Match` names. An assignee moves a `new` ticket to
     *     `open` by itself.
     *
     *     Agents and admins; API keys with `tickets:write`.
     */
    patch: operations['tickets.update']
    trace?: never
  }
  '/api/admin/tickets/{id}/article-draft': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Prepares an article from a ticket.
     * @description Its subject and its public conversation, without internal notes, without the names of customers and their company, without e-mail addresses. Nothing is written.
     *
     *     Agents and admins; API keys with `tickets:read` and `kb:read`.
     */
    get: operations['ticket_article_draft.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/tickets/{id}/draft': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one's own draft.
     * @description What the caller has begun to write to this ticket and not sent; nobody else can read it. Where
     *     nothing is written, both texts are empty and the version is 0.
     *
     *     Agents and admins; no API key.
     */
    get: operations['ticket_draft.get']
    /**
     * Keeps one's own draft.
     * @description Takes the place of what was kept; two empty texts are no draft. With `If-Match` only in place of
     *     that version, so that what the same person wrote elsewhere is not lost: else a 412 has it as
     *     `current`. The same texts again change nothing and are never refused. Sending a message empties
     *     its text in the draft. Nobody hears of drafts, and nothing of the ticket moves.
     *
     *     Agents and admins; no API key.
     */
    put: operations['ticket_draft.put']
    post?: never
    /**
     * Forgets one's own draft.
     * @description Where nothing is written, nothing happens.
     *
     *     Agents and admins; no API key.
     */
    delete: operations['ticket_draft.delete']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/tickets/{id}/history': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the history.
     * @description Oldest first: who changed which field from what to what, when, through what.
     *
     *     Agents and admins; API keys with `tickets:read`.
     */
    get: operations['ticket_history.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/tickets/{id}/messages': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads the conversation.
     * @description Oldest first, notes included.
     *
     *     Agents and admins; API keys with `tickets:read`.
     */
    get: operations['ticket_messages.list']
    put?: never
    /**
     * Replies, or leaves a note.
     * @description The first public reply opens a `new` ticket. A note leaves no trace that a customer could see.
     *
     *     Agents and admins; API keys with `tickets:write`.
     */
    post: operations['ticket_messages.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/users': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists people.
     * @description All roles in one place, newest first. With `sort=-last_seen_at` who was never seen stands where
     *     they were added.
     *
     *     With `Accept: text/csv` all rows as a file instead of a page, without `limit` and `cursor`: a
     *     line of column names, which are the fields of the JSON rows (`organization.name`), then a line a
     *     row; values of a list with `;` between them, and an apostrophe before a text that a spreadsheet
     *     would take for a formula. A file that fails on the way is broken off, without its end. Two at
     *     once a person. In the
     *     order of `-last_seen_at` somebody who comes meanwhile may not be in it; by `created_at` each is
     *     there once.
     *
     *     Agents and admins; API keys with `users:read`.
     */
    get: operations['users.list']
    put?: never
    /**
     * Adds a person.
     * @description Without a password: hand them a link. Only admins.
     *
     *     Admins; API keys with `users:write`.
     */
    post: operations['users.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/users/import': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Imports people from a file.
     * @description CSV in UTF-8 with commas, semicolons or tabs, at most 8 MiB and 20,000 lines. The first line
     *     names the columns, in any order: `email`, `name`, `role`, `organization`, `organization_role`,
     *     `active`; only `email` must be there. A person is known by the address. Empty cells leave what
     *     is there as it is. A line is refused for itself, with all that is wrong with it; the others are
     *     taken, each wholly or not at all, so that the same file given again does what is left, and
     *     changes nothing where nothing is. New people have no password: hand them links. No line takes an
     *     admin's role or access. Only admins.
     *
     *     Admins; no API key.
     */
    post: operations['users.import']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/users/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one person.
     * @description Staff and customers alike.
     *
     *     Agents and admins; API keys with `users:read`.
     */
    get: operations['users.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    /**
     * Changes a person.
     * @description Another role and `active: false` end all their sign-ins at once. Admins cannot take their own
     *     rights or those of the last active admin. Tickets stay with the organization they were asked
     *     for: whoever moves to another one keeps seeing their own, and the managers they leave behind
     *     keep theirs. Only admins.
     *
     *     Admins; API keys with `users:write`.
     */
    patch: operations['users.update']
    trace?: never
  }
  '/api/admin/users/{id}/password-link': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Makes a link to set a password.
     * @description Hand it to the person: it works once, for 60 minutes, and older links no longer do. Only
     *     admins.
     *
     *     Admins; no API key.
     */
    post: operations['users.password_link']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/users/{id}/password-links': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists the password links made for a person.
     * @description Who made each, and whether it was used; never the link itself. Newest first. Only admins.
     *
     *     Admins; no API key.
     */
    get: operations['users.password_links']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/users/{id}/sessions': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists where a person is signed in.
     * @description Sessions that have neither ended nor expired, newest first. Only admins.
     *
     *     Admins; no API key.
     */
    get: operations['users.sessions']
    put?: never
    post?: never
    /**
     * Signs a person out everywhere.
     * @description Ends every session they have, as one transaction. Only admins.
     *
     *     Admins; no API key.
     */
    delete: operations['users.end_sessions']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/users/{id}/sessions/{session_id}': {
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
     * Ends one session of a person.
     * @description From the next request on they are no longer signed in there; their streams end within five
     *     seconds. Only admins.
     *
     *     Admins; no API key.
     */
    delete: operations['users.end_session']
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists webhooks.
     * @description Admins only. Newest first; there are at most 50.
     *
     *     Admins; no API key.
     */
    get: operations['webhooks.list']
    put?: never
    /**
     * Adds a webhook.
     * @description Admins only. It is told what happens from now on, signed as Standard Webhooks says with the
     *     `secret` of the answer, which is never shown again. The address must be `https`, and one that
     *     leads to the public internet; that is checked again for each connection.
     *
     *     Admins; no API key.
     */
    post: operations['webhooks.create']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one webhook.
     * @description Admins only. Never with its secret.
     *
     *     Admins; no API key.
     */
    get: operations['webhooks.get']
    put?: never
    post?: never
    /**
     * Deletes a webhook.
     * @description Admins only. The log of its deliveries goes with it, and what waits is never sent.
     *
     *     Admins; no API key.
     */
    delete: operations['webhooks.delete']
    options?: never
    head?: never
    /**
     * Changes a webhook.
     * @description Admins only. What waits to be delivered goes to the new address.
     *
     *     Admins; no API key.
     */
    patch: operations['webhooks.update']
    trace?: never
  }
  '/api/admin/webhooks/{id}/deliveries': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Lists deliveries.
     * @description Admins only. Newest first, of the last 30 days.
     *
     *     Admins; no API key.
     */
    get: operations['webhook_deliveries.list']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/deliveries/{delivery_id}': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    /**
     * Reads one delivery.
     * @description Admins only. With its body, and what came of each attempt.
     *
     *     Admins; no API key.
     */
    get: operations['webhook_deliveries.get']
    put?: never
    post?: never
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/deliveries/{delivery_id}/resend': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sends one delivery again.
     * @description Admins only. With the same `webhook-id` and body, whatever came of it before, and with all its
     *     attempts anew.
     *
     *     Admins; no API key.
     */
    post: operations['webhook_deliveries.resend']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/disable': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Disables a webhook.
     * @description Admins only. Nothing is sent until it is enabled again, but tests.
     *
     *     Admins; no API key.
     */
    post: operations['webhooks.disable']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/enable': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Enables a webhook.
     * @description Admins only. What waits goes on, and it is told what happens from now on; what happened meanwhile
     *     comes when it is asked for.
     *
     *     Admins; no API key.
     */
    post: operations['webhooks.enable']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/resend': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Sends again what failed since a moment.
     * @description Admins only. Deliveries that were given up, with `delivered` also those that were not; and events
     *     since then that the webhook was not told of, being disabled or not there yet, as far as the log
     *     keeps them. A delivery that is sent again keeps its `webhook-id`.
     *
     *     Admins; no API key.
     */
    post: operations['webhooks.resend']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/rotate-secret': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Gives a webhook a new secret.
     * @description Admins only. For 24 hours the one before signs, too: `webhook-signature` holds both signatures,
     *     separated by a blank.
     *
     *     Admins; no API key.
     */
    post: operations['webhooks.rotate_secret']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
  '/api/admin/webhooks/{id}/test': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    get?: never
    put?: never
    /**
     * Tries a webhook out.
     * @description Admins only. Queues a delivery of type `webhook.test`, also where the webhook is disabled. It is
     *     attempted within a second or two, and only once; read it at `Location` for what came of it.
     *
     *     Admins; no API key.
     */
    post: operations['webhooks.test']
    delete?: never
    options?: never
    head?: never
    patch?: never
    trace?: never
  }
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
}
export type webhooks = Record<string, never>
export interface components {
  schemas: {
    /** @description The ticket that something happened on. */
    ActivityTicket: {
      /** @description Its id. */
      id: components['schemas']['TicketId']
      /**
       * @description The number people call it by.
       * @example TKT-12
       */
      number: string
      /** @description In one line, as it reads now. */
      subject: string
    }
    /** @description An article with its working copy and what was last published. */
    AdminArticle: components['schemas']['AdminArticleRow'] & {
      /** @description In full, in Markdown. */
      body: string
      /** @description The body as safe HTML. */
      body_html: string
      published: components['schemas']['AdminArticleContent'] | null
      ticket: components['schemas']['TicketRef'] | null
    }
    /** @description What was last published. */
    AdminArticleContent: {
      /** @description In full, in Markdown. */
      body: string
      /** @description The body as safe HTML. */
      body_html: string
      /** @description Under which heading it stands. */
      category: string
      /** @description Its name in addresses. */
      slug: string
      /** @description In one or two lines. */
      summary: string
      /** @description Words it is found by. */
      tags: string[]
      /** @description What it is called. */
      title: string
      /** @description Who may read it. */
      visibility: components['schemas']['ArticleVisibility']
    }
    /** @description What stands around an article. */
    AdminArticleContext: {
      /** @description Slugs it was published under before; they lead to the one it has now. */
      old_slugs: string[]
      /** @description Up to four others that its readers are offered, as the working copy is. */
      related: components['schemas']['AdminArticleRef'][]
    }
    /**
     * @description A new article. What is left out is empty, `General`, `customers`.
     * @example {
     *       "title": "VPN on macOS",
     *       "category": "Support",
     *       "tags": [
     *         "vpn"
     *       ],
     *       "visibility": "public",
     *       "body": "Company Macs receive the settings as a profile."
     *     }
     */
    AdminArticleCreate: {
      /** @description In full, in Markdown. */
      body?: string
      /** @description Under which heading it stands. */
      category?: string
      /** @description Its name in addresses; made from the title where it is left out. */
      slug?: string
      /** @description In one or two lines. */
      summary?: string
      /** @description Words it is found by, each once. */
      tags?: components['schemas']['Tag'][]
      /**
       * Format: uuid
       * @description The ticket whose answer it begins as.
       */
      ticket_id?: string
      /** @description What it is called. */
      title: string
      /** @description Who may read it once it is published. */
      visibility?: components['schemas']['ArticleVisibility']
    }
    /** @description What an article can begin as. */
    AdminArticleDraft: {
      /** @description What it could say, in Markdown. */
      body: string
      /** @description Where it comes from. */
      ticket: components['schemas']['TicketRef']
      /** @description What it could be called. */
      title: string
    }
    /** @description Another article, as staff refer to it. */
    AdminArticleRef: {
      /** @description Its id. */
      id: components['schemas']['ArticleId']
      /** @description What it is called for readers. */
      title: string
      /** @description Who may read it. */
      visibility: components['schemas']['ArticleVisibility']
    }
    /**
     * @description How an older revision is brought back.
     * @example {
     *       "note": "The new steps do not work yet."
     *     }
     */
    AdminArticleRestore: {
      /** @description Leaves the article the slug it has now, where another article took the old one. */
      keep_slug?: boolean
      /** @description What you say of it, in a line. It stands in the history. */
      note?: string
    }
    /** @description An article in a list: the working copy without its text. */
    AdminArticleRow: {
      author: components['schemas']['Person'] | null
      /** @description Under which heading it stands. */
      category: string
      /**
       * Format: date-time
       * @description When it was drafted.
       */
      created_at: string
      /** @description Whether the working copy is not what was last published. */
      has_draft: boolean
      highlights?: components['schemas']['Highlights'] | null
      /** @description Its id. */
      id: components['schemas']['ArticleId']
      /**
       * Format: int64
       * @description The revision of the working copy.
       */
      latest_revision: number
      /**
       * Format: date-time
       * @description When it was first published.
       */
      published_at: string | null
      /**
       * Format: int64
       * @description The revision last published.
       */
      published_revision: number | null
      /**
       * @description Its name in addresses.
       * @example vpn-on-macos
       */
      slug: string
      /** @description Where it stands. */
      status: components['schemas']['ArticleStatus']
      /** @description In one or two lines. */
      summary: string
      /** @description Words it is found by. */
      tags: string[]
      /** @description What it is called. */
      title: string
      /**
       * Format: date-time
       * @description When it last changed.
       */
      updated_at: string
      /**
       * Format: int64
       * @description Counts its changes; votes do not move it.
       */
      version: number
      /**
       * Format: int64
       * @description How often readers opened it within the last 30 days. Staff and robots do not count, and
       *     nobody counts twice within six hours.
       */
      views_30_days: number
      /** @description Who may read it once it is published. */
      visibility: components['schemas']['ArticleVisibility']
      /** @description How customers voted. */
      votes: components['schemas']['ArticleVotes']
    }
    /**
     * @description A change of the working copy: what is left out stays.
     * @example {
     *       "summary": "Install the profile, connect from the menu bar."
     *     }
     */
    AdminArticleUpdate: {
      /** @description In full, in Markdown. */
      body?: string
      /** @description Under which heading it stands. */
      category?: string
      /** @description What you say of the change, in a line. It stands in the history; a note alone saves nothing. */
      note?: string
      /** @description Its name in addresses; one that readers know goes on leading here. */
      slug?: string
      /** @description In one or two lines. */
      summary?: string
      /** @description Words it is found by, each once; replaces all of them. */
      tags?: components['schemas']['Tag'][]
      /** @description What it is called. */
      title?: string
      /** @description Who may read it once it is published. */
      visibility?: components['schemas']['ArticleVisibility']
    }
    /**
     * @description A text.
     * @example {
     *       "body": "## First steps\n\nOpen the **portal**."
     *     }
     */
    AdminMarkdownPreview: {
      /** @description In Markdown. */
      body: string
    }
    /** @description A text as readers will see it. */
    AdminMarkdownRendered: {
      /** @description As safe HTML. */
      body_html: string
    }
    /** @description A public message or an internal note. */
    AdminMessage: {
      api_key: components['schemas']['ApiKeyRef'] | null
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
      /** @description Who may read it. */
      visibility: components['schemas']['MessageVisibility']
    }
    /**
     * @description A reply or a note.
     * @example {
     *       "body": "We are on it.",
     *       "visibility": "public"
     *     }
     */
    AdminReply: {
      /** @description In Markdown. */
      body: string
      /** @description Who may read it: `public` goes to the customer, `internal` to staff alone. */
      visibility: components['schemas']['MessageVisibility']
    }
    /** @description A service with its working copy and what is live. */
    AdminService: components['schemas']['AdminServiceContent'] & {
      /**
       * Format: date-time
       * @description When it was drafted.
       */
      created_at: string
      /** @description Whether the working copy is a draft that is not live. */
      has_draft: boolean
      highlights?: components['schemas']['Highlights'] | null
      /** @description Its id. */
      id: components['schemas']['ServiceId']
      published: components['schemas']['AdminServiceContent'] | null
      /**
       * Format: date-time
       * @description When it was last published.
       */
      published_at: string | null
      /**
       * Format: int64
       * @description The version last published.
       */
      published_version: number | null
      /** @description Where it stands. */
      status: components['schemas']['ServiceStatus']
      /**
       * Format: date-time
       * @description When it last changed.
       */
      updated_at: string
      /**
       * Format: int64
       * @description Counts its changes.
       */
      version: number
    }
    /** @description What one version of a service says. */
    AdminServiceContent: {
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
      /** @description In full, in Markdown. */
      description: string
      /** @description The description as safe HTML. */
      description_html: string
      /** @description What a customer fills in to order it. */
      form: components['schemas']['Form']
      /** @description The picture on its card. */
      icon: components['schemas']['ServiceIcon']
      /** @description What it is called. */
      name: string
      owner: components['schemas']['Person'] | null
      /** @description What kind of price it has. */
      price_kind: components['schemas']['PriceKind']
      /**
       * Format: int64
       * @description A fixed price, in the currency's minor unit.
       */
      price_minor: number | null
      /** @description In one line. */
      summary: string
    }
    /**
     * @description A new service. What is left out is empty, `General`, `headset`, `on_request`.
     * @example {
     *       "name": "A new laptop",
     *       "category": "Hardware",
     *       "icon": "laptop",
     *       "price_kind": "fixed",
     *       "price_minor": 129900,
     *       "currency": "EUR"
     *     }
     */
    AdminServiceCreate: {
      /** @description Under which heading it stands. */
      category?: string
      /** @description The currency of a fixed price (ISO 4217). */
      currency?: string | null
      /**
       * Format: int64
       * @description In how many days it is usually delivered.
       */
      delivery_days?: number | null
      /** @description In full, in Markdown. */
      description?: string
      /** @description What a customer fills in to order it. */
      form?: components['schemas']['Form']
      /** @description The picture on its card. */
      icon?: components['schemas']['ServiceIcon']
      /** @description What it is called. */
      name: string
      owner_id?: components['schemas']['UserId'] | null
      /** @description What kind of price it has. */
      price_kind?: components['schemas']['PriceKind']
      /**
       * Format: int64
       * @description A fixed price, in the currency's minor unit.
       */
      price_minor?: number | null
      /** @description In one line. */
      summary?: string
    }
    /**
     * @description A change of the working copy: what is left out stays, null empties.
     * @example {
     *       "summary": "Ready to work, on your desk in five days.",
     *       "delivery_days": 5
     *     }
     */
    AdminServiceUpdate: {
      /** @description Under which heading it stands. */
      category?: string
      /** @description The currency of a fixed price (ISO 4217). */
      currency?: string | null
      /**
       * Format: int64
       * @description In how many days it is usually delivered.
       */
      delivery_days?: number | null
      /** @description In full, in Markdown. */
      description?: string
      /** @description What a customer fills in to order it; replaces the whole form. */
      form?: components['schemas']['Form']
      /** @description The picture on its card. */
      icon?: components['schemas']['ServiceIcon']
      /** @description What it is called. */
      name?: string
      /**
       * Format: uuid
       * @description Who answers for it: a member of staff.
       */
      owner_id?: string | null
      /** @description What kind of price it has. */
      price_kind?: components['schemas']['PriceKind']
      /**
       * Format: int64
       * @description A fixed price, in the currency's minor unit.
       */
      price_minor?: number | null
      /** @description In one line. */
      summary?: string
    }
    /** @description A ticket in the one list of all tickets. */
    AdminTicket: {
      assignee: components['schemas']['Person'] | null
      /** @description What kind of wish it is. */
      category: components['schemas']['TicketCategory']
      /**
       * Format: date-time
       * @description When it was closed.
       */
      closed_at: string | null
      /**
       * Format: date-time
       * @description When it was opened.
       */
      created_at: string
      /** @description As it was written, in Markdown. */
      description: string
      /**
       * Format: date-time
       * @description When staff first answered in public.
       */
      first_response_at: string | null
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
      status: components['schemas']['TicketStatus']
      /** @description In one line. */
      subject: string
      /**
       * Format: date-time
       * @description When anything about it last changed, notes included.
       */
      updated_at: string
      /**
       * Format: int64
       * @description Counts changes of its own fields; messages and ratings do not move it.
       */
      version: number
      /**
       * Format: date-time
       * @description Since when the customer waits for an answer of ours; null where they do not.
       */
      waiting_since: string | null
    }
    /** @description A ticket that staff open for a customer. */
    AdminTicketCreate: {
      assignee_id?: components['schemas']['UserId'] | null
      /** @description What kind of wish; `customer_request` where it is left out. */
      category?: components['schemas']['OpenCategory']
      /** @description In Markdown. */
      description: string
      /** @description How soon somebody should look; `normal` where it is left out. */
      priority?: components['schemas']['Priority']
      /** @description The customer. */
      requester_id: components['schemas']['UserId']
      /** @description In one line. */
      subject: string
    }
    /** @description A ticket on its own page. */
    AdminTicketDetail: components['schemas']['AdminTicket'] & {
      /** @description The statuses it can be given now. */
      allowed_statuses: components['schemas']['TicketStatus'][]
      /** @description The answers of the order's form. */
      answers: components['schemas']['Answer'][]
      /** @description The description as safe HTML. */
      description_html: string
      follow_up_of: components['schemas']['TicketRef'] | null
      /** @description Tickets that go on from this one. */
      follow_ups: components['schemas']['TicketRef'][]
      /** @description The ratings of all its resolutions, newest first. */
      ratings: components['schemas']['ResolutionRating'][]
      /** @description The address of the requester. */
      requester_email: string
      /**
       * Format: int64
       * @description The version of the service that was ordered.
       */
      service_version: number | null
    }
    /**
     * @description Fields of a ticket to change; absent ones stay.
     * @example {
     *       "status": "pending",
     *       "assignee_id": null
     *     }
     */
    AdminTicketPatch: {
      /**
       * Format: uuid
       * @description Who works on it; null for nobody.
       */
      assignee_id?: string | null
      /** @description What kind of wish it is. */
      category?: components['schemas']['TicketCategory']
      /** @description How soon somebody should look. */
      priority?: components['schemas']['Priority']
      /** @description Where it stands. */
      status?: components['schemas']['TicketStatus']
      /** @description In one line. */
      subject?: string
    }
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
    /** @description A key with which a program calls the desk's API. */
    ApiKey: {
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string
      /**
       * Format: date-time
       * @description When it ends by itself; null for never.
       */
      expires_at: string | null
      /**
       * @description Beginning and end of the key, by which people tell it from others.
       * @example bsm_9fQz…x7Qd
       */
      hint: string
      /** @description Its id. */
      id: components['schemas']['ApiKeyId']
      /**
       * @description The key itself, to be sent as `Authorization: Bearer`. Only in the answer that made it:
       *     nobody can read it again.
       */
      key?: string
      /**
       * Format: date-time
       * @description When it was last used, to the minute; null for never.
       */
      last_used_at: string | null
      /** @description Who made it: what it does, they do, with the rights they have at that moment. */
      maker: components['schemas']['Person']
      /**
       * @description What it is called.
       * @example Billing
       */
      name: string
      organization: components['schemas']['OrganizationRef'] | null
      /**
       * Format: date-time
       * @description When an admin ended it.
       */
      revoked_at: string | null
      /** @description What it is for. */
      scopes: components['schemas']['Scope'][]
      /** @description What it is good for now. */
      state: components['schemas']['ApiKeyState']
      /**
       * Format: int64
       * @description Counts changes of its own fields.
       */
      version: number
    }
    /**
     * @description A new key.
     * @example {
     *       "name": "Billing",
     *       "scopes": [
     *         "tickets:read",
     *         "users:read"
     *       ]
     *     }
     */
    ApiKeyCreate: {
      /**
       * Format: date-time
       * @description When it ends by itself: in the future, at most ten years ahead.
       */
      expires_at?: string | null
      /** @description What it is called, for those who find it later. */
      name: string
      organization_id?: components['schemas']['OrganizationId'] | null
      /** @description What it is for: nothing else is open to it. */
      scopes: components['schemas']['Scope'][]
    }
    /**
     * Format: uuid
     * @description A key with which a program calls the API.
     */
    ApiKeyId: string
    /** @description An API key as other things name it. */
    ApiKeyRef: {
      /** @description Its id. */
      id: components['schemas']['ApiKeyId']
      /** @description The name it has now. */
      name: string
    }
    /**
     * @description What a key is good for now.
     * @enum {string}
     */
    ApiKeyState: 'active' | 'expired' | 'revoked' | 'suspended'
    /**
     * @description What changes of a key; what is left out stays.
     * @example {
     *       "name": "Billing, new"
     *     }
     */
    ApiKeyUpdate: {
      /** @description What it is called. */
      name?: string
    }
    /**
     * Format: uuid
     * @description A knowledge base article.
     */
    ArticleId: string
    /** @description One saved content of an article. */
    ArticleRevision: {
      author: components['schemas']['Person'] | null
      /** @description In full, in Markdown. */
      body: string
      /** @description Under which heading it stood. */
      category: string
      /**
       * Format: date-time
       * @description When.
       */
      created_at: string
      /** @description Whether it is what readers see. */
      live: boolean
      /**
       * Format: int64
       * @description Its number; the highest is the working copy.
       */
      n: number
      /** @description What its author said of it. */
      note: string | null
      /**
       * Format: int64
       * @description The revision that it brought back.
       */
      restored_from: number | null
      /**
       * @description Its name in addresses.
       * @example vpn-on-macos
       */
      slug: string
      /** @description In one or two lines. */
      summary: string
      /** @description Words it was found by. */
      tags: string[]
      /** @description What the article was called. */
      title: string
      /** @description Who was to read it. */
      visibility: components['schemas']['ArticleVisibility']
    }
    /**
     * @description Where an article stands.
     * @enum {string}
     */
    ArticleStatus: 'draft' | 'published' | 'archived'
    /**
     * @description Who may read a published article.
     * @enum {string}
     */
    ArticleVisibility: 'public' | 'customers'
    /** @description How customers voted. */
    ArticleVotes: {
      /**
       * Format: int64
       * @description It helped.
       */
      helpful: number
      /**
       * Format: int64
       * @description It did not.
       */
      not_helpful: number
      /** @description Why it did not, the most frequent reason first; one vote may give several or none. */
      reasons: components['schemas']['VoteReasonCount'][]
    }
    /** @description A person who asked. */
    Asker: {
      /** @description The address that was given. */
      email: string
      /** @description Their id. */
      id: components['schemas']['UserId']
      /** @description Their name. */
      name: string
    }
    /** @description How many tickets one person has, or nobody. */
    AssigneeCount: {
      assignee: components['schemas']['Person'] | null
      /**
       * Format: int64
       * @description How many.
       */
      count: number
    }
    /**
     * @description What went wrong with an attempt.
     * @enum {string}
     */
    AttemptError:
      | 'forbidden_address'
      | 'unknown_host'
      | 'no_connection'
      | 'tls'
      | 'timeout'
      | 'not_http'
      | 'redirected'
      | 'refused'
      | 'secret_unreadable'
    /** @description One thing done. */
    AuditEntry: {
      /**
       * @description What was done.
       * @example user.updated
       */
      action: string
      actor: components['schemas']['Person'] | null
      api_key: components['schemas']['ApiKeyRef'] | null
      /**
       * Format: date-time
       * @description When.
       */
      at: string
      /** @description More of it, by action: codes and ids, never names or texts. */
      detail: Record<string, unknown>
      /**
       * Format: uuid
       * @description Its id.
       */
      id: string
      /** @description To what. */
      subject: components['schemas']['AuditSubject']
      /** @description Through what. */
      via: components['schemas']['Via']
    }
    /** @description What something was done to. */
    AuditSubject: {
      /**
       * Format: uuid
       * @description Its id; null where it is nothing in particular.
       */
      id: string | null
      /**
       * @description What it is.
       * @example user
       */
      kind: string
      /** @description What it is called now; of a session, whose it is. Null where it has no name or is gone. */
      name: string | null
      person_id: components['schemas']['UserId'] | null
    }
    /** @description Open tickets of one age. */
    BacklogAge: {
      /**
       * Format: date-time
       * @description Opened at or after; null for the oldest.
       */
      from: string | null
      /**
       * Format: int64
       * @description The greatest; null for any.
       */
      max_days: number | null
      /**
       * Format: int64
       * @description The least age in calendar days: 0 for today's.
       */
      min_days: number
      /**
       * Format: int64
       * @description How many are still open: `status=new,open,pending,on_hold` with `created_from`, `created_to`.
       */
      tickets: number
      /**
       * Format: date-time
       * @description Opened before.
       */
      to: string
    }
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
    CatalogAnswer_AdminArticleRow: {
      /** @description All categories, whichever is looked at, in the order that the desk gave them. */
      categories: components['schemas']['CategoryCount'][]
      /** @description The rows. */
      items: components['schemas']['AdminArticleRow'][]
      /** @description What to ask for the next page with; null on the last, and for a search. */
      next_cursor: string | null
    }
    /** @description A part of a list, with the categories of all of it. */
    CatalogAnswer_AdminService: {
      /** @description All categories, whichever is looked at, in the order that the desk gave them. */
      categories: components['schemas']['CategoryCount'][]
      /** @description The rows. */
      items: (components['schemas']['AdminServiceContent'] & {
        /**
         * Format: date-time
         * @description When it was drafted.
         */
        created_at: string
        /** @description Whether the working copy is a draft that is not live. */
        has_draft: boolean
        highlights?: components['schemas']['Highlights'] | null
        /** @description Its id. */
        id: components['schemas']['ServiceId']
        published: components['schemas']['AdminServiceContent'] | null
        /**
         * Format: date-time
         * @description When it was last published.
         */
        published_at: string | null
        /**
         * Format: int64
         * @description The version last published.
         */
        published_version: number | null
        /** @description Where it stands. */
        status: components['schemas']['ServiceStatus']
        /**
         * Format: date-time
         * @description When it last changed.
         */
        updated_at: string
        /**
         * Format: int64
         * @description Counts its changes.
         */
        version: number
      })[]
      /** @description What to ask for the next page with; null on the last, and for a search. */
      next_cursor: string | null
    }
    /** @description A heading under which services or articles stand. */
    Category: {
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string
      /** @description Its picture. */
      icon: components['schemas']['ServiceIcon']
      /** @description Its id. */
      id: components['schemas']['CategoryId']
      /**
       * Format: int64
       * @description How many services or articles stand under it, live or in their working copy.
       */
      items: number
      /** @description What it holds. */
      kind: components['schemas']['CategoryKind']
      /**
       * @description Its name, as services and articles carry it.
       * @example Support
       */
      name: string
      /**
       * Format: int64
       * @description Where it stands among its kind; the first is 1.
       */
      place: number
      /**
       * Format: date-time
       * @description When it last changed.
       */
      updated_at: string
      /**
       * Format: int64
       * @description Counts changes of its name, picture and place.
       */
      version: number
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
    /**
     * @description A new category.
     * @example {
     *       "kind": "service",
     *       "name": "Hardware",
     *       "icon": "laptop"
     *     }
     */
    CategoryCreate: {
      /** @description Its picture; the kind's own where it is left out. */
      icon?: components['schemas']['ServiceIcon']
      /** @description What it holds. */
      kind: components['schemas']['CategoryKind']
      /** @description Its name. */
      name: string
    }
    /**
     * Format: uuid
     * @description A heading of the catalog or of the knowledge base.
     */
    CategoryId: string
    /**
     * @description What a category holds.
     * @enum {string}
     */
    CategoryKind: 'service' | 'article'
    /** @description Where what stands under a category goes. */
    CategoryMerge: {
      /** @description Another category of the same kind. */
      into: components['schemas']['CategoryId']
    }
    /**
     * @description A change of a category: what is left out stays.
     * @example {
     *       "name": "Devices",
     *       "place": 1
     *     }
     */
    CategoryUpdate: {
      /** @description Its picture. */
      icon?: components['schemas']['ServiceIcon']
      /** @description Its name. */
      name?: string
      /**
       * Format: int64
       * @description Where it stands among its kind; the first is 1, beyond the end is the end.
       */
      place?: number
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
    /** @description Something that happened on a customer's ticket. */
    CustomerActivity: {
      actor: components['schemas']['Person'] | null
      /**
       * Format: date-time
       * @description When.
       */
      at: string
      /** @description What changed, by field: codes, numbers and ids. */
      changes: {
        [key: string]: components['schemas']['FieldChange']
      }
      /** @description Its id. */
      id: components['schemas']['EventId']
      /** @description On which ticket. */
      ticket: components['schemas']['ActivityTicket']
      /**
       * @description What happened, as the types of events say it.
       * @example ticket.created
       */
      type: string
    }
    /** @description How a customer fares. */
    CustomerInsight: {
      /**
       * Format: date-time
       * @description The moment the figures are of.
       */
      as_of: string
      /** @description The customer. */
      customer: components['schemas']['InsightCustomer']
      first_response_seconds: components['schemas']['Percentiles'] | null
      /**
       * Format: date-time
       * @description When something last happened on one of the tickets that the customer sees.
       */
      last_activity_at: string | null
      /** @description Their ratings. */
      rating: components['schemas']['InsightRating']
      resolution_seconds: components['schemas']['Percentiles'] | null
      /**
       * Format: int64
       * @description How many of the tickets are orders of a service.
       */
      services_requested: number
      /** @description Their tickets. */
      tickets: components['schemas']['InsightTickets']
    }
    /** @description How one customer fares, and what they ordered. */
    CustomerInsightDetail: components['schemas']['CustomerInsight'] & {
      /** @description The services they ordered, of all time; those ordered most first, at most 100. */
      services: components['schemas']['OrderedService'][]
    }
    /** @description What the first screen shows. */
    Dashboard: {
      /**
       * Format: date-time
       * @description The moment the figures are of.
       */
      as_of: string
      /** @description Open tickets by age, youngest first. */
      backlog: components['schemas']['BacklogAge'][]
      /** @description What needs somebody now. */
      needed: components['schemas']['NeededNow']
      /** @description Whose days these are. */
      time_zone: string
      /** @description Today so far. */
      today: components['schemas']['TodayFigures']
      /** @description Days up to today, oldest first. */
      volume: components['schemas']['DayFigures'][]
    }
    /** @description What happened on one day. */
    DayFigures: {
      /**
       * Format: int64
       * @description Tickets opened: `created_from`, `created_to`.
       */
      created: number
      /**
       * Format: date
       * @description The day in the zone.
       */
      date: string
      /**
       * Format: date-time
       * @description Its first moment.
       */
      from: string
      /**
       * Format: int64
       * @description Tickets resolved, by a resolution that stands: `resolved_from`, `resolved_to`.
       */
      resolved: number
      /**
       * Format: date-time
       * @description The first moment of the next day.
       */
      to: string
    }
    /** @description One event for one webhook. */
    Delivery: {
      /**
       * Format: int64
       * @description How many attempts were begun.
       */
      attempts: number
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string
      /**
       * Format: date-time
       * @description When it was delivered or given up.
       */
      ended_at: string | null
      event_id: components['schemas']['EventId'] | null
      /**
       * @description The type of that; `webhook.test` for a test.
       * @example ticket.created
       */
      event_type: string
      /** @description Its id: the header `webhook-id` of each attempt. */
      id: components['schemas']['DeliveryId']
      /**
       * Format: date-time
       * @description When it is attempted next, while it waits.
       */
      next_attempt_at: string | null
      /** @description How it stands. */
      status: components['schemas']['DeliveryStatus']
    }
    /** @description One attempt to deliver. */
    DeliveryAttempt: {
      /** @description The first 4 KiB of its body; null where none came. */
      answer: string | null
      /**
       * Format: date-time
       * @description When it was begun: also the header `webhook-timestamp`, there in seconds.
       */
      at: string
      error: components['schemas']['AttemptError'] | null
      /** @description The same in words. */
      error_detail: string | null
      /**
       * Format: int64
       * @description How long it took, in milliseconds.
       */
      latency_ms: number
      /**
       * Format: int64
       * @description Which one, 1 for the first. A number is missing where a server was stopped in the middle.
       */
      n: number
      /** @description The header `webhook-signature`; empty where nothing could be signed. */
      signature: string
      /**
       * Format: int64
       * @description The status of the answer; null where none came.
       */
      status: number | null
      /** @description Where it was sent to. */
      url: string
    }
    /** @description How the newest delivery of a webhook stands. */
    DeliveryGlance: {
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string
      /**
       * Format: date-time
       * @description When it was delivered or given up.
       */
      ended_at: string | null
      /** @description Its id. */
      id: components['schemas']['DeliveryId']
      /** @description How it stands. */
      status: components['schemas']['DeliveryStatus']
    }
    /**
     * Format: uuid
     * @description One event for one webhook.
     */
    DeliveryId: string
    /**
     * @description How a delivery stands.
     * @enum {string}
     */
    DeliveryStatus: 'waiting' | 'delivered' | 'failed'
    /** @description A delivery with its body and attempts. */
    DeliveryWithAttempts: components['schemas']['Delivery'] & {
      /** @description What was sent and what came back, newest first, at most 100. */
      log: components['schemas']['DeliveryAttempt'][]
      /** @description The body, the same in each attempt. */
      payload: string
    }
    /**
     * @description Why a webhook is disabled.
     * @enum {string}
     */
    DisabledReason: 'by_admin' | 'gone' | 'failing'
    /** @description How many ratings there are of each score. */
    Distribution: {
      /**
       * Format: int64
       * @description One star.
       */
      1: number
      /**
       * Format: int64
       * @description Two stars.
       */
      2: number
      /**
       * Format: int64
       * @description Three stars.
       */
      3: number
      /**
       * Format: int64
       * @description Four stars.
       */
      4: number
      /**
       * Format: int64
       * @description Five stars.
       */
      5: number
    }
    /** @description Words that found nothing. */
    EmptySearch: {
      /** @description Whether an author has set them aside. */
      dismissed: boolean
      /**
       * Format: date-time
       * @description When they first were.
       */
      first_at: string
      /** @description Their id. */
      id: components['schemas']['EmptySearchId']
      /**
       * Format: date-time
       * @description When they last were.
       */
      last_at: string
      /**
       * Format: int64
       * @description How often they were searched for.
       */
      searches: number
      /**
       * @description The words, in lower case and without accents.
       * @example guest wifi
       */
      words: string
    }
    /**
     * Format: uuid
     * @description Words that were searched for in the knowledge base and not found.
     */
    EmptySearchId: string
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
    /**
     * Format: uuid
     * @description A row of the event log.
     */
    EventId: string
    /** @description A part of the log. */
    EventLogPage: {
      /** @description The events, in order. */
      items: components['schemas']['Event'][]
      /**
       * @description Whether there is more to read at once. A page may be empty and have more behind it, where few
       *     events of a long log are asked for.
       */
      more: boolean
      /**
       * @description What to send as `after` for what comes next; always there.
       * @example 1042
       */
      position: string
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
    /**
     * @description The type of an event. New ones may come.
     * @enum {string}
     */
    EventType:
      | 'ticket.created'
      | 'ticket.updated'
      | 'ticket.resolved'
      | 'ticket.message_added'
      | 'ticket.note_added'
      | 'ticket.rated'
      | 'ticket.rating_seen'
      | 'service.created'
      | 'service.updated'
      | 'service.published'
      | 'service.retired'
      | 'service.deleted'
      | 'article.created'
      | 'article.updated'
      | 'article.published'
      | 'article.archived'
      | 'article.deleted'
      | 'category.created'
      | 'category.updated'
      | 'category.deleted'
      | 'user.created'
      | 'user.updated'
      | 'password.requested'
      | 'password.request_closed'
      | 'organization.created'
      | 'organization.updated'
      | 'api_key.created'
      | 'api_key.updated'
      | 'api_key.revoked'
      | 'settings.updated'
      | 'webhook.created'
      | 'webhook.updated'
      | 'webhook.disabled'
      | 'webhook.deleted'
    /** @description A rating with what it is about. */
    Feedback: {
      assignee: components['schemas']['Person'] | null
      /** @description In their own words. */
      comment: string | null
      /**
       * Format: date-time
       * @description When the rating was given.
       */
      created_at: string
      /** @description Who rated. */
      customer: components['schemas']['Person']
      /** @description The rating's id. */
      id: components['schemas']['RatingId']
      organization: components['schemas']['OrganizationRef'] | null
      /** @description Codes of reasons they chose. */
      reasons: string[]
      /**
       * Format: date-time
       * @description When the ticket was resolved.
       */
      resolved_at: string
      /**
       * Format: int64
       * @description 1 to 5.
       */
      score: 1 | 2 | 3 | 4 | 5
      seen: components['schemas']['Seen'] | null
      service: components['schemas']['ServiceRef'] | null
      /** @description The ticket. */
      ticket: components['schemas']['FeedbackTicket']
      /**
       * Format: date-time
       * @description When it was last changed.
       */
      updated_at: string
    }
    /** @description The figures of one agent. */
    FeedbackByAssignee: components['schemas']['FeedbackFigures'] & {
      assignee: components['schemas']['Person'] | null
    }
    /** @description The figures of one service. */
    FeedbackByService: components['schemas']['FeedbackFigures'] & {
      service: components['schemas']['ServiceRef'] | null
    }
    /** @description The figures of ratings and resolutions. */
    FeedbackFigures: {
      /**
       * Format: double
       * @description Their average score, to two decimals; of none there is none.
       */
      average: number | null
      /**
       * Format: int64
       * @description Ratings that were given.
       */
      count: number
      /**
       * Format: int64
       * @description Those of them that are rated, whenever that was.
       */
      rated_resolutions: number
      /**
       * Format: double
       * @description `reopened` over `resolutions`, from 0 to 1, to four decimals.
       */
      reopen_rate: number | null
      /**
       * Format: int64
       * @description Those of them that a customer undid.
       */
      reopened: number
      /**
       * Format: int64
       * @description Resolutions that took place. A ticket that was resolved twice counts twice, one that was
       *     withdrawn not at all.
       */
      resolutions: number
      /**
       * Format: double
       * @description `rated_resolutions` over `resolutions`, from 0 to 1, to four decimals.
       */
      response_rate: number | null
      /**
       * Format: double
       * @description Scores 4 and 5 in percent of all scores, to two decimals.
       */
      satisfied_percent: number | null
    }
    /** @description How often a reason was given. */
    FeedbackReason: {
      /**
       * Format: int64
       * @description In how many ratings.
       */
      count: number
      /**
       * @description Its code.
       * @example slow
       */
      reason: string
    }
    /** @description What customers said in a period. */
    FeedbackSummary: components['schemas']['FeedbackFigures'] & {
      /**
       * Format: date-time
       * @description When this was counted.
       */
      as_of: string
      /** @description By agent: most ratings first. */
      by_assignee: components['schemas']['FeedbackByAssignee'][]
      /** @description By service: most ratings first. */
      by_service: components['schemas']['FeedbackByService'][]
      /** @description Ratings by score. */
      distribution: components['schemas']['Distribution']
      /**
       * Format: date-time
       * @description The first moment of the period.
       */
      from: string
      /** @description What the trend is divided into. */
      interval: components['schemas']['Interval']
      /**
       * Format: int64
       * @description Ratings of 1 and 2, of all times, that nobody of staff has looked at.
       */
      low_unseen: number
      /** @description The reasons that were given, most often given first. */
      reasons: components['schemas']['FeedbackReason'][]
      /**
       * @description Whose days, weeks and months the trend has.
       * @example Europe/Berlin
       */
      time_zone: string
      /**
       * Format: date-time
       * @description The moment after its last.
       */
      to: string
      /** @description The pieces of the period in their order, also those without anything. */
      trend: components['schemas']['FeedbackTrend'][]
    }
    /** @description The ticket that was resolved and rated. */
    FeedbackTicket: {
      /** @description Its id. */
      id: components['schemas']['TicketId']
      /**
       * @description The number people call it by.
       * @example TKT-12
       */
      number: string
      /** @description In one line. */
      subject: string
    }
    /** @description One day, week or month. */
    FeedbackTrend: components['schemas']['FeedbackFigures'] & {
      /**
       * Format: date-time
       * @description Its first moment within the period.
       */
      from: string
      /**
       * Format: date
       * @description Its first day in the time zone of the report, also where the period begins later.
       */
      starts_on: string
      /**
       * Format: date-time
       * @description The moment after its last.
       */
      to: string
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
    /** @description One change of one field. */
    HistoryEntry: {
      actor: components['schemas']['Person'] | null
      api_key: components['schemas']['ApiKeyRef'] | null
      /**
       * Format: date-time
       * @description When.
       */
      at: string
      /**
       * @description Which field; `created` for the ticket itself, `rating` for its rating.
       * @example status
       */
      field: string
      /** @description The value before: a code, or a person's name. */
      from: string | null
      /** @description The value after. */
      to: string | null
      /** @description Through what. */
      via: components['schemas']['Via']
    }
    /** @description How many lines of each kind. */
    ImportCounts: {
      /**
       * Format: int64
       * @description People added.
       */
      create: number
      /**
       * Format: int64
       * @description Lines refused.
       */
      error: number
      /**
       * Format: int64
       * @description People who were as the file says.
       */
      unchanged: number
      /**
       * Format: int64
       * @description People changed.
       */
      update: number
    }
    /** @description Why a line is refused. */
    ImportFault: {
      /**
       * @description Which rule it breaks.
       * @example bad_format
       */
      code: string
      column: components['schemas']['PersonColumn'] | null
      /**
       * @description What is wrong, for people.
       * @example must be an e-mail address such as name@example.com
       */
      detail: string
    }
    /** @description One line of the file. */
    ImportLine: {
      /**
       * @description The fields that change.
       * @example [
       *       "name"
       *     ]
       */
      changes: string[]
      /** @description The address as it stands there, cut to 254 characters. */
      email: string
      /**
       * Format: int64
       * @description Where it begins in the file; the first line is 1.
       */
      line: number
      /** @description What becomes of it. */
      outcome: components['schemas']['ImportOutcome']
      /** @description Why it is refused. */
      problems: components['schemas']['ImportFault'][]
      user_id: components['schemas']['UserId'] | null
    }
    /**
     * @description What becomes of a line.
     * @enum {string}
     */
    ImportOutcome: 'create' | 'update' | 'unchanged' | 'error'
    /** @description Whose figures they are. */
    InsightCustomer: {
      /** @description Their address. */
      email: string
      /** @description Their id. */
      id: components['schemas']['UserId']
      /** @description Their name. */
      name: string
      organization: components['schemas']['OrganizationRef'] | null
    }
    /** @description What a customer's ratings say. */
    InsightRating: {
      /**
       * Format: double
       * @description The average score to two decimals; null where there is none.
       */
      average: number | null
      /**
       * Format: int64
       * @description How many ratings.
       */
      count: number
    }
    /** @description A customer's tickets by status. */
    InsightTickets: {
      /**
       * Format: int64
       * @description Over.
       */
      closed: number
      /**
       * Format: int64
       * @description Nobody has looked.
       */
      new: number
      /**
       * Format: int64
       * @description Waiting for somebody else.
       */
      on_hold: number
      /**
       * Format: int64
       * @description In work.
       */
      open: number
      /**
       * Format: int64
       * @description Waiting for the customer.
       */
      pending: number
      /**
       * Format: int64
       * @description Resolved and not closed yet.
       */
      resolved: number
      /**
       * Format: int64
       * @description All of them.
       */
      total: number
    }
    /**
     * @description How a period is divided.
     * @enum {string}
     */
    Interval: 'day' | 'week' | 'month'
    /** @description A part of a list. */
    ListAnswer_AdminMessage: {
      /** @description The rows. */
      items: components['schemas']['AdminMessage'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_AdminTicket: {
      /** @description The rows. */
      items: components['schemas']['AdminTicket'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_ApiKey: {
      /** @description The rows. */
      items: components['schemas']['ApiKey'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_ArticleRevision: {
      /** @description The rows. */
      items: components['schemas']['ArticleRevision'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_AuditEntry: {
      /** @description The rows. */
      items: components['schemas']['AuditEntry'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_Category: {
      /** @description The rows. */
      items: components['schemas']['Category'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_CustomerActivity: {
      /** @description The rows. */
      items: components['schemas']['CustomerActivity'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_CustomerInsight: {
      /** @description The rows. */
      items: components['schemas']['CustomerInsight'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_Delivery: {
      /** @description The rows. */
      items: components['schemas']['Delivery'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_EmptySearch: {
      /** @description The rows. */
      items: components['schemas']['EmptySearch'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_Feedback: {
      /** @description The rows. */
      items: components['schemas']['Feedback'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_HistoryEntry: {
      /** @description The rows. */
      items: components['schemas']['HistoryEntry'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_Organization: {
      /** @description The rows. */
      items: components['schemas']['Organization'][]
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
    /** @description A part of a list. */
    ListAnswer_PasswordLinkRecord: {
      /** @description The rows. */
      items: components['schemas']['PasswordLinkRecord'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_PasswordRequest: {
      /** @description The rows. */
      items: components['schemas']['PasswordRequest'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_Resolution: {
      /** @description The rows. */
      items: components['schemas']['Resolution'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_User: {
      /** @description The rows. */
      items: components['schemas']['User'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_UserSession: {
      /** @description The rows. */
      items: components['schemas']['UserSession'][]
      /** @description What to ask for the next page with; null on the last. */
      next_cursor: string | null
    }
    /** @description A part of a list. */
    ListAnswer_Webhook: {
      /** @description The rows. */
      items: components['schemas']['Webhook'][]
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
    /**
     * @description A new logo.
     * @example {
     *       "content": "iVBORw0KGgo="
     *     }
     */
    LogoPut: {
      /**
       * Format: byte
       * @description The picture's bytes in base64.
       */
      content: string
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
     * @description Who may read a message.
     * @enum {string}
     */
    MessageVisibility: 'public' | 'internal'
    /** @description Tickets that need somebody now. */
    NeededNow: {
      /**
       * Format: date-time
       * @description Since when the one waits who waits longest.
       */
      longest_waiting_since: string | null
      /**
       * Format: int64
       * @description Low ratings that nobody of staff has looked at: those of the feedback list with
       *     `score=1,2&seen=false`.
       */
      low_scores: number
      /**
       * Format: int64
       * @description The customer undid the resolution: `status=new,open&reopened=true`.
       */
      reopened: number
      /**
       * Format: int64
       * @description Open in any way, and nobody's: `status=new,open,pending,on_hold&assignee=none`.
       */
      unassigned: number
      /**
       * Format: int64
       * @description The customer waits for an answer: `status=new,open&waiting=true`.
       */
      waiting: number
    }
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
    /** @description A service that a customer ordered. */
    OrderedService: {
      /**
       * Format: date-time
       * @description When last.
       */
      last_requested_at: string
      /**
       * Format: int64
       * @description How often.
       */
      requests: number
      /** @description The service, as it was called in the version ordered last. */
      service: components['schemas']['ServiceRef']
    }
    /** @description A customer company. */
    Organization: {
      /**
       * Format: date-time
       * @description When it was added.
       */
      created_at: string
      /** @description Its id. */
      id: components['schemas']['OrganizationId']
      /**
       * Format: int64
       * @description How many people belong to it.
       */
      members: number
      /** @description Its name. */
      name: string
      /**
       * Format: int64
       * @description Counts changes of its own fields.
       */
      version: number
    }
    /**
     * @description A new organization.
     * @example {
     *       "name": "Initech"
     *     }
     */
    OrganizationCreate: {
      /** @description Its name. */
      name: string
    }
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
    /**
     * @description What changes of an organization; what is left out stays.
     * @example {
     *       "name": "Initech International"
     *     }
     */
    OrganizationUpdate: {
      /** @description Its name. */
      name?: string
    }
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
    /** @description A link with which a person sets their password. It is shown once. */
    PasswordLinkAnswer: {
      /**
       * Format: date-time
       * @description Until when it is good.
       */
      expires_at: string
      /**
       * @description The page to open.
       * @example https://desk.example.com/customer/set-password#token=1k0N…
       */
      url: string
    }
    /**
     * Format: uuid
     * @description A single-use link to set a password.
     */
    PasswordLinkId: string
    /** @description A password link that was made, without the link itself. */
    PasswordLinkRecord: {
      /**
       * Format: date-time
       * @description When it was made.
       */
      created_at: string
      created_by: components['schemas']['Person'] | null
      /**
       * Format: date-time
       * @description Until when it is good.
       */
      expires_at: string
      /** @description Its id. */
      id: components['schemas']['PasswordLinkId']
      /**
       * Format: date-time
       * @description When a newer link, or a password set by other means, took its place.
       */
      replaced_at: string | null
      /**
       * Format: date-time
       * @description When a password was set with it.
       */
      used_at: string | null
    }
    /** @description Somebody who asked for a new password, and was not handed a link yet. */
    PasswordRequest: {
      /**
       * Format: int64
       * @description How often they asked.
       */
      asked: number
      /**
       * Format: date-time
       * @description When they asked last.
       */
      asked_at: string
      /**
       * Format: date-time
       * @description When they asked first.
       */
      created_at: string
      /** @description Its id. */
      id: components['schemas']['PasswordRequestId']
      /** @description Who. */
      user: components['schemas']['Asker']
    }
    /**
     * Format: uuid
     * @description That somebody asked for a new password.
     */
    PasswordRequestId: string
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
    /** @description Two percentiles, by nearest rank, in whole seconds. */
    Percentiles: {
      /**
       * Format: int64
       * @description Half took at most so long.
       */
      median: number
      /**
       * Format: int64
       * @description Nine of ten took at most so long.
       */
      p90: number
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
     * @description A column of the file. They stand in any order; all but the address can be left out.
     * @enum {string}
     */
    PersonColumn: 'email' | 'name' | 'role' | 'organization' | 'organization_role' | 'active'
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
     * Format: uuid
     * @description One rating of one resolution.
     */
    RatingId: string
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
    /** @description What one has begun to write to a ticket and not sent. */
    ReplyDraft: {
      /** @description What is to stay among staff, in Markdown. */
      note: string
      /** @description What is to go to the customer, in Markdown. */
      reply: string
      /**
       * Format: date-time
       * @description When it was last changed; null where nothing is written.
       */
      updated_at?: string | null
      /**
       * Format: int64
       * @description 0 where nothing is written, else more with each change.
       */
      version: number
      /** @description Which text was being written: `public` the reply, `internal` the note. */
      visibility: components['schemas']['MessageVisibility']
    }
    /**
     * @description A draft: a reply and a note, each with a text of its own.
     * @example {
     *       "visibility": "public",
     *       "reply": "We are on it.",
     *       "note": ""
     *     }
     */
    ReplyDraftPut: {
      /** @description What is to stay among staff, in Markdown. */
      note: string
      /** @description What is to go to the customer, in Markdown. */
      reply: string
      /** @description Which text is being written: `public` the reply, `internal` the note. */
      visibility: components['schemas']['MessageVisibility']
    }
    /** @description One time that a ticket was resolved. */
    Resolution: {
      assignee: components['schemas']['Person'] | null
      /** @description Its id. */
      id: components['schemas']['ResolutionId']
      organization: components['schemas']['OrganizationRef'] | null
      /** @description Whether a customer undid it. */
      reopened: boolean
      /** @description Whose ticket it is. */
      requester: components['schemas']['Person']
      /**
       * Format: date-time
       * @description When.
       */
      resolved_at: string
      /**
       * Format: int64
       * @description The score of its rating.
       */
      score: (1 | 2 | 3 | 4 | 5) | null
      service: components['schemas']['ServiceRef'] | null
      /** @description The ticket. */
      ticket: components['schemas']['FeedbackTicket']
      /**
       * Format: date-time
       * @description When it was undone: the ticket was opened again.
       */
      undone_at: string | null
    }
    /**
     * Format: uuid
     * @description One time that a ticket was resolved.
     */
    ResolutionId: string
    /** @description The rating of one resolution. */
    ResolutionRating: components['schemas']['Rating'] & {
      /**
       * Format: int64
       * @description Which resolution of the ticket it was, from 1.
       */
      resolution: number
    }
    /**
     * @description What a person may do at all.
     * @enum {string}
     */
    Role: 'customer' | 'agent' | 'admin'
    /**
     * @description What a key is for. Each names what it opens; none opens another.
     * @enum {string}
     */
    Scope:
      | 'tickets:read'
      | 'tickets:write'
      | 'services:read'
      | 'services:write'
      | 'kb:read'
      | 'kb:write'
      | 'feedback:read'
      | 'insights:read'
      | 'users:read'
      | 'users:write'
      | 'events:read'
    /** @description That somebody has looked at a rating. */
    Seen: {
      /**
       * Format: date-time
       * @description When.
       */
      at: string
      /** @description Who, the first of all. */
      by: components['schemas']['Person']
    }
    /** @description Which state of a rating was looked at. */
    SeenPost: {
      /**
       * Format: date-time
       * @description Its `updated_at` as it was read, so that a change that came in between stays unseen.
       */
      updated_at: string
    }
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
     * @description Where a service stands.
     * @enum {string}
     */
    ServiceStatus: 'draft' | 'active' | 'retired'
    /**
     * Format: uuid
     * @description One sign-in of one person: a family of refresh tokens.
     */
    SessionId: string
    /** @description The settings of the desk. */
    Settings: {
      /**
       * @description Its colour; null for those of the portals.
       * @example #1a7f5a
       */
      accent_colour: string | null
      /**
       * Format: int64
       * @description After how many days without a word a resolved ticket is closed; null for never.
       */
      auto_close_days: number | null
      /** @description What the desk calls itself; null for the names of the portals. */
      brand_name: string | null
      logo: components['schemas']['Logo'] | null
      /**
       * Format: int64
       * @description For how many days after a resolution it can be rated.
       */
      rating_window_days: number
      /** @description Whether people may make themselves accounts in the customer portal. */
      registration_open: boolean
      /**
       * Format: int64
       * @description Counts changes.
       */
      version: number
    }
    /**
     * @description What changes of the settings; what is left out stays.
     * @example {
     *       "auto_close_days": 7,
     *       "brand_name": "Acme Care"
     *     }
     */
    SettingsUpdate: {
      /**
       * @description Its colour, as `#rrggbb`; null for those of the portals.
       * @example #1a7f5a
       */
      accent_colour?: string | null
      /**
       * Format: int64
       * @description After how many days without a word a resolved ticket is closed; null for never.
       */
      auto_close_days?: number | null
      /** @description What the desk calls itself; null for the names of the portals. */
      brand_name?: string | null
      /**
       * Format: int64
       * @description For how many days after a resolution it can be rated.
       */
      rating_window_days?: number
      /** @description Whether people may make themselves accounts in the customer portal. */
      registration_open?: boolean
    }
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
     * @description A word that an article is found by.
     * @example vpn
     */
    Tag: string
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
    /** @description How many tickets pass the filters. */
    TicketCountsAnswer: {
      /** @description By assignee, nobody first, then those with most. */
      by_assignee: components['schemas']['AssigneeCount'][]
      /** @description By priority; every priority has its number. */
      by_priority: {
        [key: string]: number
      }
      /** @description By status; every status has its number. */
      by_status: {
        [key: string]: number
      }
      /** @description Whether there are more: filtered counts are exact up to 10,000. */
      more: boolean
      /**
       * Format: int64
       * @description All of them.
       */
      total: number
    }
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
    /**
     * @description Where a ticket stands.
     * @enum {string}
     */
    TicketStatus: 'new' | 'open' | 'pending' | 'on_hold' | 'resolved' | 'closed'
    /** @description The figures of today so far. */
    TodayFigures: components['schemas']['DayFigures'] & {
      /**
       * Format: int64
       * @description Tickets first answered: `answered_from`, `answered_to`.
       */
      answered: number
      first_response_seconds: components['schemas']['Percentiles'] | null
      /** @description Ratings given. */
      rating: components['schemas']['InsightRating']
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
     * @description A new person. They have no password until they are handed a link.
     * @example {
     *       "email": "dora@initech.example",
     *       "name": "Dora Diaz",
     *       "role": "customer"
     *     }
     */
    UserCreate: {
      /**
       * Format: idn-email
       * @description The address they will sign in with.
       */
      email: string
      /** @description Their name. */
      name: string
      organization_id?: components['schemas']['OrganizationId'] | null
      organization_role?: components['schemas']['OrganizationRole'] | null
      /** @description What they may do. */
      role: components['schemas']['Role']
    }
    /**
     * Format: uuid
     * @description A person who can sign in.
     */
    UserId: string
    /** @description What becomes, or would become, of a file. */
    UserImport: {
      /** @description How many lines of each kind. */
      counts: components['schemas']['ImportCounts']
      /** @description Whether nothing was done. */
      dry_run: boolean
      /** @description Every line but the first and empty ones. */
      lines: components['schemas']['ImportLine'][]
      /** @description Organizations that are added. */
      organizations: string[]
    }
    /** @description One place where a person is signed in. */
    UserSession: {
      /** @description The network address it began from. */
      address: string
      /**
       * Format: date-time
       * @description When they signed in.
       */
      created_at: string
      /**
       * Format: date-time
       * @description Until when it lives if it is not renewed.
       */
      expires_at: string
      /** @description Its id. */
      id: components['schemas']['SessionId']
      /**
       * Format: date-time
       * @description When it was last renewed.
       */
      last_used_at: string
      /** @description The portal it is for. */
      portal: components['schemas']['Portal']
      /** @description What the browser said it is; at most 200 characters. */
      user_agent: string
    }
    /**
     * @description What changes of a person; what is left out stays.
     * @example {
     *       "active": false
     *     }
     */
    UserUpdate: {
      /** @description Whether they may sign in; `false` ends their sign-ins. */
      active?: boolean
      /** @description Their name. */
      name?: string
      organization_id?: components['schemas']['OrganizationId'] | null
      organization_role?: components['schemas']['OrganizationRole'] | null
      /**
       * @description What they may do. Another role ends their sign-ins; whoever becomes staff leaves their
       *     organization.
       */
      role?: components['schemas']['Role']
    }
    /**
     * @description Through what a change came.
     * @enum {string}
     */
    Via: 'portal' | 'api_key' | 'import' | 'timer' | 'system'
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
    /** @description How many gave a reason. */
    VoteReasonCount: {
      /**
       * Format: int64
       * @description How many say so.
       */
      count: number
      /** @description Why the article did not help. */
      reason: components['schemas']['VoteReason']
    }
    /** @description An address of another system that is told what happens. */
    Webhook: {
      /**
       * Format: date-time
       * @description When.
       */
      created_at: string
      created_by: components['schemas']['UserId'] | null
      /** @description What it is for. */
      description: string
      /**
       * Format: date-time
       * @description Since when.
       */
      disabled_at: string | null
      disabled_reason: components['schemas']['DisabledReason'] | null
      /** @description Which events it is told of; all where none is named. */
      event_types: components['schemas']['EventType'][]
      /**
       * Format: date-time
       * @description Since when nothing could be delivered; null where the last attempt succeeded.
       */
      failing_since: string | null
      /** @description Its id. */
      id: components['schemas']['WebhookId']
      last_delivery: components['schemas']['DeliveryGlance'] | null
      /**
       * Format: date-time
       * @description Until when the secret before the last rotation signs, too; null where it does not.
       */
      old_secret_until: string | null
      /** @description Whether it is told. */
      state: components['schemas']['WebhookState']
      /**
       * Format: date-time
       * @description When it was last changed.
       */
      updated_at: string
      /**
       * @description Where it is sent to.
       * @example https://hooks.example.com/bsm
       */
      url: string
      /**
       * Format: int64
       * @description Counts changes of its own fields.
       */
      version: number
    }
    /**
     * @description A new webhook.
     * @example {
     *       "url": "https://hooks.example.com/bsm",
     *       "description": "Chat",
     *       "event_types": [
     *         "ticket.created"
     *       ]
     *     }
     */
    WebhookCreate: {
      /** @description What it is for; one line. */
      description?: string
      /** @description Which events it is to be told of; all where none is named. */
      event_types?: components['schemas']['EventType'][]
      /** @description Where it is to be sent to: `https`, an address that is public. */
      url: string
    }
    /**
     * Format: uuid
     * @description An address of another system that is told what happens.
     */
    WebhookId: string
    /**
     * @description Since when deliveries are sent again.
     * @example {
     *       "since": "2026-11-30T08:00:00Z"
     *     }
     */
    WebhookResend: {
      /** @description Whether also what was delivered is sent again. */
      delivered?: boolean
      /**
       * Format: date-time
       * @description From this moment on.
       */
      since: string
    }
    /** @description How many deliveries are sent again. */
    WebhookResent: {
      /**
       * Format: int64
       * @description Those that were known. Events that the webhook was not told of follow as they are read.
       */
      queued: number
    }
    /**
     * @description Whether a webhook is told what happens.
     * @enum {string}
     */
    WebhookState: 'active' | 'disabled'
    /**
     * @description What changes of a webhook; what is left out stays.
     * @example {
     *       "event_types": [
     *         "ticket.created",
     *         "ticket.resolved"
     *       ]
     *     }
     */
    WebhookUpdate: {
      /** @description What it is for; one line. */
      description?: string
      /** @description Which events it is to be told of; all where none is named. */
      event_types?: components['schemas']['EventType'][]
      /** @description Where it is to be sent to: `https`, an address that is public. */
      url?: string
    }
    /** @description A webhook with its new secret. */
    WebhookWithSecret: components['schemas']['Webhook'] & {
      /**
       * @description What signatures are made with, as Standard Webhooks writes it. Never shown again.
       * @example whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo=
       */
      secret: string
    }
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
  'api_keys.list': {
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
      /** @description A page of keys. */
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
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "expires_at": "2026-01-15T09:30:00Z",
           *           "hint": "bsm_9fQz…x7Qd",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "last_used_at": "2026-01-15T09:30:00Z",
           *           "maker": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "name": "Billing",
           *           "organization": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Acme"
           *           },
           *           "revoked_at": "2026-01-15T09:30:00Z",
           *           "scopes": [
           *             "tickets:read"
           *           ],
           *           "state": "active",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_ApiKey']
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
  'api_keys.create': {
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
         *       "name": "Billing",
         *       "scopes": [
         *         "tickets:read",
         *         "users:read"
         *       ]
         *     }
         */
        'application/json': components['schemas']['ApiKeyCreate']
      }
    }
    responses: {
      /** @description The key. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "expires_at": "2026-01-15T09:30:00Z",
           *       "hint": "bsm_9fQz…x7Qd",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_used_at": "2026-01-15T09:30:00Z",
           *       "maker": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "name": "Billing",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "revoked_at": "2026-01-15T09:30:00Z",
           *       "scopes": [
           *         "tickets:read"
           *       ],
           *       "state": "active",
           *       "version": 5,
           *       "key": "bsm_0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyzEXAMPLE00"
           *     }
           */
          'application/json': components['schemas']['ApiKey']
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
      /** @description `too_many_keys`: as many are in force as may be; `in_progress`. */
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
  'api_keys.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Its id. */
        id: components['schemas']['ApiKeyId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The key. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "expires_at": "2026-01-15T09:30:00Z",
           *       "hint": "bsm_9fQz…x7Qd",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_used_at": "2026-01-15T09:30:00Z",
           *       "maker": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "name": "Billing",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "revoked_at": "2026-01-15T09:30:00Z",
           *       "scopes": [
           *         "tickets:read"
           *       ],
           *       "state": "active",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['ApiKey']
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
  'api_keys.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['ApiKeyId']
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Billing, new"
         *     }
         */
        'application/json': components['schemas']['ApiKeyUpdate']
      }
    }
    responses: {
      /** @description The key. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "expires_at": "2026-01-15T09:30:00Z",
           *       "hint": "bsm_9fQz…x7Qd",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_used_at": "2026-01-15T09:30:00Z",
           *       "maker": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "name": "Billing",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "revoked_at": "2026-01-15T09:30:00Z",
           *       "scopes": [
           *         "tickets:read"
           *       ],
           *       "state": "active",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['ApiKey']
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
  'api_keys.revoke': {
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
        id: components['schemas']['ApiKeyId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The key. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "expires_at": "2026-01-15T09:30:00Z",
           *       "hint": "bsm_9fQz…x7Qd",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_used_at": "2026-01-15T09:30:00Z",
           *       "maker": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "name": "Billing",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "revoked_at": "2026-01-15T09:30:00Z",
           *       "scopes": [
           *         "tickets:read"
           *       ],
           *       "state": "active",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['ApiKey']
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
  'audit.list': {
    parameters: {
      query?: {
        /** @description Done by this person. */
        actor?: components['schemas']['UserId']
        /**
         * @description One of these, separated by commas.
         * @example user.updated,session.ended
         */
        action?: string
        /** @description Done to this: the id of a person, an organization, a session, a key, a service, an article. */
        subject?: string
        /** @description At or after. */
        from?: string
        /** @description Before. */
        to?: string
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
      /** @description A page of the audit. */
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
           *           "action": "user.updated",
           *           "actor": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "api_key": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Nightly export"
           *           },
           *           "at": "2026-01-15T09:30:00Z",
           *           "detail": {},
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "subject": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "kind": "user",
           *             "name": "Ana Alves",
           *             "person_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"
           *           },
           *           "via": "portal"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_AuditEntry']
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
  'categories.list': {
    parameters: {
      query?: {
        /** @description Only those of services, or of articles. */
        kind?: components['schemas']['CategoryKind']
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description All of them. */
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
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "icon": "headset",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "items": 2,
           *           "kind": "service",
           *           "name": "Support",
           *           "place": 2,
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_Category']
        }
      }
      /** @description `invalid_query` */
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
  'categories.create': {
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
         *       "kind": "service",
         *       "name": "Hardware",
         *       "icon": "laptop"
         *     }
         */
        'application/json': components['schemas']['CategoryCreate']
      }
    }
    responses: {
      /** @description The category. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "icon": "headset",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "items": 2,
           *       "kind": "service",
           *       "name": "Support",
           *       "place": 2,
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Category']
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
      /** @description `name_taken`: another category of the kind has this name. Or `in_progress`. */
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
  'categories.get': {
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
      /** @description The category. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "icon": "headset",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "items": 2,
           *       "kind": "service",
           *       "name": "Support",
           *       "place": 2,
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Category']
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
  'categories.delete': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
      /** @description `in_use`: something stands under it. */
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
  'categories.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
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
         *       "name": "Devices",
         *       "place": 1
         *     }
         */
        'application/json': components['schemas']['CategoryUpdate']
      }
    }
    responses: {
      /** @description The category. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "icon": "headset",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "items": 2,
           *       "kind": "service",
           *       "name": "Support",
           *       "place": 2,
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Category']
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
      /** @description `name_taken`: another category of the kind has this name; merge them instead. */
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
  'categories.merge': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description The id of the one that goes. */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "into": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"
         *     }
         */
        'application/json': components['schemas']['CategoryMerge']
      }
    }
    responses: {
      /** @description The other one. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "icon": "headset",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "items": 2,
           *       "kind": "service",
           *       "name": "Support",
           *       "place": 2,
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Category']
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
  'customer_insights.list': {
    parameters: {
      query?: {
        /** @description Having words in name or address that begin with these. */
        q?: string
        /** @description Who belong to this organization now. */
        organization?: components['schemas']['OrganizationId']
        /** @description Figures of tickets opened at or after. */
        from?: string
        /** @description Figures of tickets opened before. */
        to?: string
        /**
         * @description The order: a figure, `-` before it for the greatest first. What was never measured stands
         *     before everything that was. `-last_activity_at` where it is left out; with `from` or `to`
         *     only `created_at`, when the customer was added, `-created_at` where it is left out.
         */
        sort?:
          | '-created_at'
          | 'created_at'
          | '-tickets.total'
          | 'tickets.total'
          | '-tickets.new'
          | 'tickets.new'
          | '-tickets.open'
          | 'tickets.open'
          | '-tickets.pending'
          | 'tickets.pending'
          | '-tickets.on_hold'
          | 'tickets.on_hold'
          | '-tickets.resolved'
          | 'tickets.resolved'
          | '-tickets.closed'
          | 'tickets.closed'
          | '-first_response_seconds.median'
          | 'first_response_seconds.median'
          | '-first_response_seconds.p90'
          | 'first_response_seconds.p90'
          | '-resolution_seconds.median'
          | 'resolution_seconds.median'
          | '-resolution_seconds.p90'
          | 'resolution_seconds.p90'
          | '-rating.average'
          | 'rating.average'
          | '-rating.count'
          | 'rating.count'
          | '-services_requested'
          | 'services_requested'
          | '-last_activity_at'
          | 'last_activity_at'
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
      /** @description A page of customers. As CSV: all customers, attached as a file. */
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
           *           "as_of": "2026-01-15T09:30:00Z",
           *           "customer": {
           *             "email": "ana@acme.example",
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "organization": {
           *               "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *               "name": "Acme"
           *             }
           *           },
           *           "first_response_seconds": {
           *             "median": 5400,
           *             "p90": 14400
           *           },
           *           "last_activity_at": "2026-01-15T09:30:00Z",
           *           "rating": {
           *             "average": 4.5,
           *             "count": 12
           *           },
           *           "resolution_seconds": {
           *             "median": 5400,
           *             "p90": 14400
           *           },
           *           "services_requested": 2,
           *           "tickets": {
           *             "closed": 2,
           *             "new": 2,
           *             "on_hold": 2,
           *             "open": 2,
           *             "pending": 2,
           *             "resolved": 2,
           *             "total": 12
           *           }
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_CustomerInsight']
          'text/csv': string
        }
      }
      /** @description `invalid_query` or `invalid_cursor` or `invalid_header` */
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
  'customer_insights.get': {
    parameters: {
      query?: {
        /** @description Figures of tickets opened at or after. */
        from?: string
        /** @description Figures of tickets opened before. */
        to?: string
      }
      header?: never
      path: {
        /** @description The customer. */
        customer_id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The customer's figures. */
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
           *       "as_of": "2026-01-15T09:30:00Z",
           *       "customer": {
           *         "email": "ana@acme.example",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "organization": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Acme"
           *         }
           *       },
           *       "first_response_seconds": {
           *         "median": 5400,
           *         "p90": 14400
           *       },
           *       "last_activity_at": "2026-01-15T09:30:00Z",
           *       "rating": {
           *         "average": 4.5,
           *         "count": 12
           *       },
           *       "resolution_seconds": {
           *         "median": 5400,
           *         "p90": 14400
           *       },
           *       "services_requested": 2,
           *       "tickets": {
           *         "closed": 2,
           *         "new": 2,
           *         "on_hold": 2,
           *         "open": 2,
           *         "pending": 2,
           *         "resolved": 2,
           *         "total": 12
           *       },
           *       "services": [
           *         {
           *           "last_requested_at": "2026-01-15T09:30:00Z",
           *           "requests": 2,
           *           "service": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Laptop for a new colleague"
           *           }
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['CustomerInsightDetail']
        }
      }
      /** @description `invalid_query` */
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
  'customer_insights.activity': {
    parameters: {
      query?: {
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The customer. */
        customer_id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of their activity. */
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
           *           "actor": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "at": "2026-01-15T09:30:00Z",
           *           "changes": {},
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "ticket": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "number": "TKT-12",
           *             "subject": "The printer on the second floor is offline"
           *           },
           *           "type": "ticket.created"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_CustomerActivity']
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
  'dashboard.get': {
    parameters: {
      query?: {
        /**
         * @description The zone that days begin and end in, by its IANA name; UTC where it is left out.
         * @example Europe/Berlin
         */
        time_zone?: string
        /** @description How many days the volume has, today among them; 14 where it is left out. */
        days?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The figures. */
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
           *       "as_of": "2026-01-15T09:30:00Z",
           *       "backlog": [
           *         {
           *           "from": "2026-01-15T09:30:00Z",
           *           "max_days": 2,
           *           "min_days": 2,
           *           "tickets": 2,
           *           "to": "2026-01-15T09:30:00Z"
           *         }
           *       ],
           *       "needed": {
           *         "longest_waiting_since": "2026-01-15T09:30:00Z",
           *         "low_scores": 2,
           *         "reopened": 2,
           *         "unassigned": 2,
           *         "waiting": 2
           *       },
           *       "time_zone": "text",
           *       "today": {
           *         "created": 2,
           *         "date": "2026-01-15",
           *         "from": "2026-01-15T09:30:00Z",
           *         "resolved": 2,
           *         "to": "2026-01-15T09:30:00Z",
           *         "answered": 2,
           *         "first_response_seconds": {
           *           "median": 5400,
           *           "p90": 14400
           *         },
           *         "rating": {
           *           "average": 4.5,
           *           "count": 12
           *         }
           *       },
           *       "volume": [
           *         {
           *           "created": 2,
           *           "date": "2026-01-15",
           *           "from": "2026-01-15T09:30:00Z",
           *           "resolved": 2,
           *           "to": "2026-01-15T09:30:00Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['Dashboard']
        }
      }
      /** @description `invalid_query` */
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
  'empty_searches.list': {
    parameters: {
      query?: {
        /** @description Those set aside instead of those that wait. */
        dismissed?: boolean
        /** @description The order. */
        sort?: '-searches' | '-last_at'
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
      /** @description A page of searches. */
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
           *           "dismissed": true,
           *           "first_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "last_at": "2026-01-15T09:30:00Z",
           *           "searches": 2,
           *           "words": "guest wifi"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_EmptySearch']
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
  'empty_searches.dismiss': {
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
    requestBody?: never
    responses: {
      /** @description It is set aside. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
  'empty_searches.take_up': {
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
    requestBody?: never
    responses: {
      /** @description It is listed again. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
  'events.log': {
    parameters: {
      query?: {
        /**
         * @description The `position` of the page before, or an event's `id`; `latest` for the present end of the log.
         *     Without, from the oldest event that is kept.
         * @example 1042
         */
        after?: string
        /**
         * @description Only events of these types, separated by commas.
         * @example ticket.created,ticket.resolved
         */
        types?: string
        /** @description Events of a page, 25 by default. */
        limit?: number
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of the log. */
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
           *           "actor": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "changes": {},
           *           "id": "1042",
           *           "occurred_at": "2026-01-15T09:30:00Z",
           *           "subject": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "kind": "ticket",
           *             "number": "TKT-12"
           *           },
           *           "type": "ticket.updated"
           *         }
           *       ],
           *       "more": false,
           *       "position": "1042"
           *     }
           */
          'application/json': components['schemas']['EventLogPage']
        }
      }
      /** @description `invalid_query` */
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
      /** @description `position_expired`: the log no longer, or not yet, reaches to this position. */
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
  'feedback.list': {
    parameters: {
      query?: {
        /**
         * @description One of these scores, separated by commas.
         * @example 1,2
         */
        score?: string
        /** @description Given by this customer. */
        customer?: components['schemas']['UserId']
        /**
         * @description Of tickets this person had when they were resolved: an id, `me` or `none`.
         * @example me
         */
        assignee?: string
        /**
         * @description Of orders of this service: an id, or `none` for what was no order.
         * @example none
         */
        service?: string
        /** @description Giving this reason. */
        reason?:
          | 'fast'
          | 'friendly'
          | 'expert'
          | 'clear'
          | 'slow'
          | 'not_solved'
          | 'unclear'
          | 'unfriendly'
          | 'wrong_person'
        /**
         * @description Whether somebody of staff has looked at it. With `score=1,2`, `false` is the queue of low
         *     scores.
         */
        seen?: boolean
        /** @description Given at or after. */
        from?: string
        /** @description Given before. */
        to?: string
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
      /** @description A page of ratings. As CSV: all ratings, attached as a file. */
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
           *           "assignee": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "comment": "Fast and friendly, thank you.",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "customer": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "organization": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Acme"
           *           },
           *           "reasons": [
           *             "text"
           *           ],
           *           "resolved_at": "2026-01-15T09:30:00Z",
           *           "score": 5,
           *           "seen": {
           *             "at": "2026-01-15T09:30:00Z",
           *             "by": {
           *               "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *               "name": "Ana Alves",
           *               "role": "customer"
           *             }
           *           },
           *           "service": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Laptop for a new colleague"
           *           },
           *           "ticket": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "number": "TKT-12",
           *             "subject": "The printer on the second floor is offline"
           *           },
           *           "updated_at": "2026-01-15T09:30:00Z"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_Feedback']
          'text/csv': string
        }
      }
      /** @description `invalid_query` or `invalid_cursor` or `invalid_header` */
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
  'feedback.summary': {
    parameters: {
      query?: {
        /** @description The first moment; by default the beginning of the 30 days that end with `to`. */
        from?: string
        /** @description The moment after the last; now by default. */
        to?: string
        /**
         * @description Whose days, weeks and months: an IANA name, `UTC` by default.
         * @example Europe/Berlin
         */
        time_zone?: string
        /** @description What the trend is divided into, at most 400 pieces; by default what suits the length. */
        interval?: components['schemas']['Interval']
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The figures. */
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
           *       "average": 4.5,
           *       "count": 12,
           *       "rated_resolutions": 2,
           *       "reopen_rate": 0.5,
           *       "reopened": 2,
           *       "resolutions": 2,
           *       "response_rate": 0.5,
           *       "satisfied_percent": 87.5,
           *       "as_of": "2026-01-15T09:30:00Z",
           *       "by_assignee": [
           *         {
           *           "average": 4.5,
           *           "count": 12,
           *           "rated_resolutions": 2,
           *           "reopen_rate": 0.5,
           *           "reopened": 2,
           *           "resolutions": 2,
           *           "response_rate": 0.5,
           *           "satisfied_percent": 87.5,
           *           "assignee": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           }
           *         }
           *       ],
           *       "by_service": [
           *         {
           *           "average": 4.5,
           *           "count": 12,
           *           "rated_resolutions": 2,
           *           "reopen_rate": 0.5,
           *           "reopened": 2,
           *           "resolutions": 2,
           *           "response_rate": 0.5,
           *           "satisfied_percent": 87.5,
           *           "service": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Laptop for a new colleague"
           *           }
           *         }
           *       ],
           *       "distribution": {
           *         "1": 2,
           *         "2": 2,
           *         "3": 2,
           *         "4": 2,
           *         "5": 2
           *       },
           *       "from": "2026-01-15T09:30:00Z",
           *       "interval": "day",
           *       "low_unseen": 2,
           *       "reasons": [
           *         {
           *           "count": 12,
           *           "reason": "slow"
           *         }
           *       ],
           *       "time_zone": "Europe/Berlin",
           *       "to": "2026-01-15T09:30:00Z",
           *       "trend": [
           *         {
           *           "average": 4.5,
           *           "count": 12,
           *           "rated_resolutions": 2,
           *           "reopen_rate": 0.5,
           *           "reopened": 2,
           *           "resolutions": 2,
           *           "response_rate": 0.5,
           *           "satisfied_percent": 87.5,
           *           "from": "2026-01-15T09:30:00Z",
           *           "starts_on": "2026-01-15",
           *           "to": "2026-01-15T09:30:00Z"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['FeedbackSummary']
        }
      }
      /** @description `invalid_query` */
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
  'feedback.seen': {
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
        /** @description Id of the rating. */
        id: string
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "updated_at": "2026-01-15T09:30:00Z"
         *     }
         */
        'application/json': components['schemas']['SeenPost']
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
           *       "assignee": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "comment": "Fast and friendly, thank you.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "customer": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "reasons": [
           *         "text"
           *       ],
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "score": 5,
           *       "seen": {
           *         "at": "2026-01-15T09:30:00Z",
           *         "by": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         }
           *       },
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12",
           *         "subject": "The printer on the second floor is offline"
           *       },
           *       "updated_at": "2026-01-15T09:30:00Z"
           *     }
           */
          'application/json': components['schemas']['Feedback']
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
      /** @description `version_mismatch`: the customer changed it since; `current` is what it says now. */
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
  'feedback.unseen': {
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
        /** @description Id of the rating. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
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
           *       "assignee": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "comment": "Fast and friendly, thank you.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "customer": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "organization": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Acme"
           *       },
           *       "reasons": [
           *         "text"
           *       ],
           *       "resolved_at": "2026-01-15T09:30:00Z",
           *       "score": 5,
           *       "seen": {
           *         "at": "2026-01-15T09:30:00Z",
           *         "by": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         }
           *       },
           *       "service": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Laptop for a new colleague"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12",
           *         "subject": "The printer on the second floor is offline"
           *       },
           *       "updated_at": "2026-01-15T09:30:00Z"
           *     }
           */
          'application/json': components['schemas']['Feedback']
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
  'articles.list': {
    parameters: {
      query?: {
        /**
         * @description In one of these states, separated by commas.
         * @example draft,published
         */
        status?: string
        /** @description Of this category. */
        category?: string
        /** @description Having this tag. */
        tag?: string
        /** @description Written from this ticket. */
        ticket?: string
        /**
         * @description Having words that begin with these, one typo forgiven; best first, at most 100, without
         *     pages.
         */
        q?: string
        /** @description The order: last touched first, or those that votes speak against most. A search has its own. */
        sort?: '-updated_at' | '-unhelpfulness'
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
           *           "author": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "category": "Support",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "has_draft": true,
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "latest_revision": 2,
           *           "published_at": "2026-01-15T09:30:00Z",
           *           "published_revision": 2,
           *           "slug": "vpn-on-macos",
           *           "status": "draft",
           *           "summary": "In three steps, without calling anybody.",
           *           "tags": [
           *             "accounts"
           *           ],
           *           "title": "Reset your password",
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "version": 5,
           *           "views_30_days": 2,
           *           "visibility": "public",
           *           "votes": {
           *             "helpful": 2,
           *             "not_helpful": 2,
           *             "reasons": [
           *               {
           *                 "count": 12,
           *                 "reason": "outdated"
           *               }
           *             ]
           *           }
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['CatalogAnswer_AdminArticleRow']
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
  'articles.create': {
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
         *       "title": "VPN on macOS",
         *       "category": "Support",
         *       "tags": [
         *         "vpn"
         *       ],
         *       "visibility": "public",
         *       "body": "Company Macs receive the settings as a profile."
         *     }
         */
        'application/json': components['schemas']['AdminArticleCreate']
      }
    }
    responses: {
      /** @description The article. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "latest_revision": 2,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_revision": 2,
           *       "slug": "vpn-on-macos",
           *       "status": "draft",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "views_30_days": 2,
           *       "visibility": "public",
           *       "votes": {
           *         "helpful": 2,
           *         "not_helpful": 2,
           *         "reasons": [
           *           {
           *             "count": 12,
           *             "reason": "outdated"
           *           }
           *         ]
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "published": {
           *         "body": "It blinks **red** since this morning.",
           *         "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "category": "Support",
           *         "slug": "reset-your-password",
           *         "summary": "In three steps, without calling anybody.",
           *         "tags": [
           *           "accounts"
           *         ],
           *         "title": "Reset your password",
           *         "visibility": "public"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       }
           *     }
           */
          'application/json': components['schemas']['AdminArticle']
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
      /** @description `slug_taken`: another article has or had this slug. Or `in_progress`. */
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
  'articles.get': {
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
      /** @description The article. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "latest_revision": 2,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_revision": 2,
           *       "slug": "vpn-on-macos",
           *       "status": "draft",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "views_30_days": 2,
           *       "visibility": "public",
           *       "votes": {
           *         "helpful": 2,
           *         "not_helpful": 2,
           *         "reasons": [
           *           {
           *             "count": 12,
           *             "reason": "outdated"
           *           }
           *         ]
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "published": {
           *         "body": "It blinks **red** since this morning.",
           *         "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "category": "Support",
           *         "slug": "reset-your-password",
           *         "summary": "In three steps, without calling anybody.",
           *         "tags": [
           *           "accounts"
           *         ],
           *         "title": "Reset your password",
           *         "visibility": "public"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       }
           *     }
           */
          'application/json': components['schemas']['AdminArticle']
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
  'articles.delete': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
      /** @description `in_use`: it was published once; archive it instead. */
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
  'articles.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
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
         *       "summary": "Install the profile, connect from the menu bar."
         *     }
         */
        'application/json': components['schemas']['AdminArticleUpdate']
      }
    }
    responses: {
      /** @description The article. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "latest_revision": 2,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_revision": 2,
           *       "slug": "vpn-on-macos",
           *       "status": "draft",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "views_30_days": 2,
           *       "visibility": "public",
           *       "votes": {
           *         "helpful": 2,
           *         "not_helpful": 2,
           *         "reasons": [
           *           {
           *             "count": 12,
           *             "reason": "outdated"
           *           }
           *         ]
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "published": {
           *         "body": "It blinks **red** since this morning.",
           *         "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "category": "Support",
           *         "slug": "reset-your-password",
           *         "summary": "In three steps, without calling anybody.",
           *         "tags": [
           *           "accounts"
           *         ],
           *         "title": "Reset your password",
           *         "visibility": "public"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       }
           *     }
           */
          'application/json': components['schemas']['AdminArticle']
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
      /** @description `slug_taken`: another article has or had this slug. */
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
  'articles.archive': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
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
    requestBody?: never
    responses: {
      /** @description The article, archived. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "latest_revision": 2,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_revision": 2,
           *       "slug": "vpn-on-macos",
           *       "status": "draft",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "views_30_days": 2,
           *       "visibility": "public",
           *       "votes": {
           *         "helpful": 2,
           *         "not_helpful": 2,
           *         "reasons": [
           *           {
           *             "count": 12,
           *             "reason": "outdated"
           *           }
           *         ]
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "published": {
           *         "body": "It blinks **red** since this morning.",
           *         "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "category": "Support",
           *         "slug": "reset-your-password",
           *         "summary": "In three steps, without calling anybody.",
           *         "tags": [
           *           "accounts"
           *         ],
           *         "title": "Reset your password",
           *         "visibility": "public"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       }
           *     }
           */
          'application/json': components['schemas']['AdminArticle']
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
      /** @description `invalid_transition`: it is not published. Or `in_progress`. */
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
  'article_context.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The article's id. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description What stands around it. */
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
           *       "old_slugs": [
           *         "reset-your-password"
           *       ],
           *       "related": [
           *         {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "title": "Reset your password",
           *           "visibility": "public"
           *         }
           *       ]
           *     }
           */
          'application/json': components['schemas']['AdminArticleContext']
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
  'articles.publish': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
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
    requestBody?: never
    responses: {
      /** @description The article, published. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "latest_revision": 2,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_revision": 2,
           *       "slug": "vpn-on-macos",
           *       "status": "draft",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "views_30_days": 2,
           *       "visibility": "public",
           *       "votes": {
           *         "helpful": 2,
           *         "not_helpful": 2,
           *         "reasons": [
           *           {
           *             "count": 12,
           *             "reason": "outdated"
           *           }
           *         ]
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "published": {
           *         "body": "It blinks **red** since this morning.",
           *         "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "category": "Support",
           *         "slug": "reset-your-password",
           *         "summary": "In three steps, without calling anybody.",
           *         "tags": [
           *           "accounts"
           *         ],
           *         "title": "Reset your password",
           *         "visibility": "public"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       }
           *     }
           */
          'application/json': components['schemas']['AdminArticle']
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
      /** @description `nothing_to_publish`: readers see it already, or it has no text. Or `in_progress`. */
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
  'article_revisions.list': {
    parameters: {
      query?: {
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The article's id. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of revisions. */
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
           *           "category": "Support",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "live": true,
           *           "n": 2,
           *           "note": "It blinks **red** since this morning.",
           *           "restored_from": 2,
           *           "slug": "vpn-on-macos",
           *           "summary": "In three steps, without calling anybody.",
           *           "tags": [
           *             "accounts"
           *           ],
           *           "title": "Reset your password",
           *           "visibility": "public"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_ArticleRevision']
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
  'article_revisions.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The article's id. */
        id: string
        /**
         * @description The revision's number.
         * @example 3
         */
        n: number
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The revision. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "live": true,
           *       "n": 2,
           *       "note": "It blinks **red** since this morning.",
           *       "restored_from": 2,
           *       "slug": "vpn-on-macos",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "visibility": "public"
           *     }
           */
          'application/json': components['schemas']['ArticleRevision']
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
  'article_revisions.restore': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description The article's id. */
        id: string
        /**
         * @description The revision's number.
         * @example 3
         */
        n: number
      }
      cookie?: never
    }
    requestBody?: {
      content: {
        /**
         * @example {
         *       "note": "The new steps do not work yet."
         *     }
         */
        'application/json': components['schemas']['AdminArticleRestore']
      }
    }
    responses: {
      /** @description The article. */
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
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "Support",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "latest_revision": 2,
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_revision": 2,
           *       "slug": "vpn-on-macos",
           *       "status": "draft",
           *       "summary": "In three steps, without calling anybody.",
           *       "tags": [
           *         "accounts"
           *       ],
           *       "title": "Reset your password",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "views_30_days": 2,
           *       "visibility": "public",
           *       "votes": {
           *         "helpful": 2,
           *         "not_helpful": 2,
           *         "reasons": [
           *           {
           *             "count": 12,
           *             "reason": "outdated"
           *           }
           *         ]
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "published": {
           *         "body": "It blinks **red** since this morning.",
           *         "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "category": "Support",
           *         "slug": "reset-your-password",
           *         "summary": "In three steps, without calling anybody.",
           *         "tags": [
           *           "accounts"
           *         ],
           *         "title": "Reset your password",
           *         "visibility": "public"
           *       },
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       }
           *     }
           */
          'application/json': components['schemas']['AdminArticle']
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
      /** @description `slug_taken`: another article uses the revision's slug by now; send `keep_slug`. Or `in_progress`. */
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
  'markdown.preview': {
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
         *       "body": "## First steps\n\nOpen the **portal**."
         *     }
         */
        'application/json': components['schemas']['AdminMarkdownPreview']
      }
    }
    responses: {
      /** @description The text. */
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
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n"
           *     }
           */
          'application/json': components['schemas']['AdminMarkdownRendered']
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
  'organizations.list': {
    parameters: {
      query?: {
        /** @description Having words in their names that begin with these. */
        q?: string
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
      /** @description A page of organizations. */
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
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "members": 2,
           *           "name": "Acme",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_Organization']
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
  'organizations.create': {
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
         *       "name": "Initech"
         *     }
         */
        'application/json': components['schemas']['OrganizationCreate']
      }
    }
    responses: {
      /** @description The organization. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "members": 2,
           *       "name": "Acme",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Organization']
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
      /** @description `name_taken`: another organization has this name. Or `in_progress`. */
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
  'organizations.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Its id. */
        id: components['schemas']['OrganizationId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The organization. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "members": 2,
           *       "name": "Acme",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Organization']
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
  'organizations.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['OrganizationId']
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "name": "Initech International"
         *     }
         */
        'application/json': components['schemas']['OrganizationUpdate']
      }
    }
    responses: {
      /** @description The organization. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "members": 2,
           *       "name": "Acme",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Organization']
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
      /** @description `name_taken`: another organization has this name. */
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
  'password_requests.list': {
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
      /** @description A page of requests. */
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
           *           "asked": 2,
           *           "asked_at": "2026-01-15T09:30:00Z",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "user": {
           *             "email": "ana@acme.example",
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves"
           *           }
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_PasswordRequest']
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
  'password_requests.dismiss': {
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
        id: components['schemas']['PasswordRequestId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is closed. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
  'resolutions.list': {
    parameters: {
      query?: {
        /**
         * @description Of tickets this person had then: an id, `me` or `none`.
         * @example me
         */
        assignee?: string
        /**
         * @description Of orders of this service: an id, or `none` for what was no order.
         * @example none
         */
        service?: string
        /** @description Whether it is rated. */
        rated?: boolean
        /** @description Whether a customer undid it. */
        reopened?: boolean
        /** @description At or after. */
        from?: string
        /** @description Before. */
        to?: string
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
      /** @description A page of resolutions. */
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
           *           "assignee": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "organization": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Acme"
           *           },
           *           "reopened": false,
           *           "requester": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "resolved_at": "2026-01-15T09:30:00Z",
           *           "score": 5,
           *           "service": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Laptop for a new colleague"
           *           },
           *           "ticket": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "number": "TKT-12",
           *             "subject": "The printer on the second floor is offline"
           *           },
           *           "undone_at": "2026-01-15T09:30:00Z"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_Resolution']
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
  'services.list': {
    parameters: {
      query?: {
        /**
         * @description In one of these states, separated by commas.
         * @example draft,active
         */
        status?: string
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
           *           "description": "It blinks **red** since this morning.",
           *           "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *           "form": {
           *             "fields": [
           *               {
           *                 "default": "DE-1234",
           *                 "help": "As it stands on the invoice.",
           *                 "id": "cost_center",
           *                 "kind": "short_text",
           *                 "label": "Cost center",
           *                 "max": 0.5,
           *                 "min": 0.5,
           *                 "options": [
           *                   {
           *                     "label": "Cost center",
           *                     "value": "DE-1234"
           *                   }
           *                 ],
           *                 "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *                 "required": false,
           *                 "visible_if": {
           *                   "all": [
           *                     {
           *                       "field": "cost_center",
           *                       "op": "eq"
           *                     }
           *                   ]
           *                 }
           *               }
           *             ]
           *           },
           *           "icon": "headset",
           *           "name": "Laptop for a new colleague",
           *           "owner": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "price_kind": "free",
           *           "price_minor": 4900,
           *           "summary": "In three steps, without calling anybody.",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "has_draft": true,
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "published": {
           *             "category": "Support",
           *             "currency": "EUR",
           *             "delivery_days": 3,
           *             "description": "It blinks **red** since this morning.",
           *             "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *             "form": {
           *               "fields": [
           *                 {
           *                   "default": "DE-1234",
           *                   "help": "As it stands on the invoice.",
           *                   "id": "cost_center",
           *                   "kind": "short_text",
           *                   "label": "Cost center",
           *                   "max": 0.5,
           *                   "min": 0.5,
           *                   "options": [
           *                     {
           *                       "label": "Cost center",
           *                       "value": "DE-1234"
           *                     }
           *                   ],
           *                   "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *                   "required": false,
           *                   "visible_if": {
           *                     "all": [
           *                       {
           *                         "field": "cost_center",
           *                         "op": "eq"
           *                       }
           *                     ]
           *                   }
           *                 }
           *               ]
           *             },
           *             "icon": "headset",
           *             "name": "Laptop for a new colleague",
           *             "owner": {
           *               "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *               "name": "Ana Alves",
           *               "role": "customer"
           *             },
           *             "price_kind": "free",
           *             "price_minor": 4900,
           *             "summary": "In three steps, without calling anybody."
           *           },
           *           "published_at": "2026-01-15T09:30:00Z",
           *           "published_version": 5,
           *           "status": "draft",
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['CatalogAnswer_AdminService']
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
  'services.create': {
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
         *       "name": "A new laptop",
         *       "category": "Hardware",
         *       "icon": "laptop",
         *       "price_kind": "fixed",
         *       "price_minor": 129900,
         *       "currency": "EUR"
         *     }
         */
        'application/json': components['schemas']['AdminServiceCreate']
      }
    }
    responses: {
      /** @description The service. */
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
           *       "category": "Support",
           *       "currency": "EUR",
           *       "delivery_days": 3,
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
           *       },
           *       "icon": "headset",
           *       "name": "Laptop for a new colleague",
           *       "owner": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "price_kind": "free",
           *       "price_minor": 4900,
           *       "summary": "In three steps, without calling anybody.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published": {
           *         "category": "Support",
           *         "currency": "EUR",
           *         "delivery_days": 3,
           *         "description": "It blinks **red** since this morning.",
           *         "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "form": {
           *           "fields": [
           *             {
           *               "default": "DE-1234",
           *               "help": "As it stands on the invoice.",
           *               "id": "cost_center",
           *               "kind": "short_text",
           *               "label": "Cost center",
           *               "max": 0.5,
           *               "min": 0.5,
           *               "options": [
           *                 {
           *                   "label": "Cost center",
           *                   "value": "DE-1234"
           *                 }
           *               ],
           *               "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *               "required": false,
           *               "visible_if": {
           *                 "all": [
           *                   {
           *                     "field": "cost_center",
           *                     "op": "eq",
           *                     "value": "DE-1234"
           *                   }
           *                 ]
           *               }
           *             }
           *           ]
           *         },
           *         "icon": "headset",
           *         "name": "Laptop for a new colleague",
           *         "owner": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         },
           *         "price_kind": "free",
           *         "price_minor": 4900,
           *         "summary": "In three steps, without calling anybody."
           *       },
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_version": 5,
           *       "status": "draft",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['AdminService']
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
          ETag: components['headers']['ETag']
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
           *       },
           *       "icon": "headset",
           *       "name": "Laptop for a new colleague",
           *       "owner": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "price_kind": "free",
           *       "price_minor": 4900,
           *       "summary": "In three steps, without calling anybody.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published": {
           *         "category": "Support",
           *         "currency": "EUR",
           *         "delivery_days": 3,
           *         "description": "It blinks **red** since this morning.",
           *         "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "form": {
           *           "fields": [
           *             {
           *               "default": "DE-1234",
           *               "help": "As it stands on the invoice.",
           *               "id": "cost_center",
           *               "kind": "short_text",
           *               "label": "Cost center",
           *               "max": 0.5,
           *               "min": 0.5,
           *               "options": [
           *                 {
           *                   "label": "Cost center",
           *                   "value": "DE-1234"
           *                 }
           *               ],
           *               "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *               "required": false,
           *               "visible_if": {
           *                 "all": [
           *                   {
           *                     "field": "cost_center",
           *                     "op": "eq",
           *                     "value": "DE-1234"
           *                   }
           *                 ]
           *               }
           *             }
           *           ]
           *         },
           *         "icon": "headset",
           *         "name": "Laptop for a new colleague",
           *         "owner": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         },
           *         "price_kind": "free",
           *         "price_minor": 4900,
           *         "summary": "In three steps, without calling anybody."
           *       },
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_version": 5,
           *       "status": "draft",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['AdminService']
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
  'services.delete': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: string
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
      /** @description `in_use`: a ticket orders it. */
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
  'services.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
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
         *       "summary": "Ready to work, on your desk in five days.",
         *       "delivery_days": 5
         *     }
         */
        'application/json': components['schemas']['AdminServiceUpdate']
      }
    }
    responses: {
      /** @description The service. */
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
           *       "category": "Support",
           *       "currency": "EUR",
           *       "delivery_days": 3,
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
           *       },
           *       "icon": "headset",
           *       "name": "Laptop for a new colleague",
           *       "owner": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "price_kind": "free",
           *       "price_minor": 4900,
           *       "summary": "In three steps, without calling anybody.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published": {
           *         "category": "Support",
           *         "currency": "EUR",
           *         "delivery_days": 3,
           *         "description": "It blinks **red** since this morning.",
           *         "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "form": {
           *           "fields": [
           *             {
           *               "default": "DE-1234",
           *               "help": "As it stands on the invoice.",
           *               "id": "cost_center",
           *               "kind": "short_text",
           *               "label": "Cost center",
           *               "max": 0.5,
           *               "min": 0.5,
           *               "options": [
           *                 {
           *                   "label": "Cost center",
           *                   "value": "DE-1234"
           *                 }
           *               ],
           *               "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *               "required": false,
           *               "visible_if": {
           *                 "all": [
           *                   {
           *                     "field": "cost_center",
           *                     "op": "eq",
           *                     "value": "DE-1234"
           *                   }
           *                 ]
           *               }
           *             }
           *           ]
           *         },
           *         "icon": "headset",
           *         "name": "Laptop for a new colleague",
           *         "owner": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         },
           *         "price_kind": "free",
           *         "price_minor": 4900,
           *         "summary": "In three steps, without calling anybody."
           *       },
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_version": 5,
           *       "status": "draft",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['AdminService']
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
  'services.publish': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
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
    requestBody?: never
    responses: {
      /** @description The service, active. */
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
           *       "category": "Support",
           *       "currency": "EUR",
           *       "delivery_days": 3,
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
           *       },
           *       "icon": "headset",
           *       "name": "Laptop for a new colleague",
           *       "owner": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "price_kind": "free",
           *       "price_minor": 4900,
           *       "summary": "In three steps, without calling anybody.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published": {
           *         "category": "Support",
           *         "currency": "EUR",
           *         "delivery_days": 3,
           *         "description": "It blinks **red** since this morning.",
           *         "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "form": {
           *           "fields": [
           *             {
           *               "default": "DE-1234",
           *               "help": "As it stands on the invoice.",
           *               "id": "cost_center",
           *               "kind": "short_text",
           *               "label": "Cost center",
           *               "max": 0.5,
           *               "min": 0.5,
           *               "options": [
           *                 {
           *                   "label": "Cost center",
           *                   "value": "DE-1234"
           *                 }
           *               ],
           *               "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *               "required": false,
           *               "visible_if": {
           *                 "all": [
           *                   {
           *                     "field": "cost_center",
           *                     "op": "eq",
           *                     "value": "DE-1234"
           *                   }
           *                 ]
           *               }
           *             }
           *           ]
           *         },
           *         "icon": "headset",
           *         "name": "Laptop for a new colleague",
           *         "owner": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         },
           *         "price_kind": "free",
           *         "price_minor": 4900,
           *         "summary": "In three steps, without calling anybody."
           *       },
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_version": 5,
           *       "status": "draft",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['AdminService']
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
      /** @description `nothing_to_publish`: it is active and has no draft. Or `in_progress`. */
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
  'services.retire': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
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
    requestBody?: never
    responses: {
      /** @description The service, retired. */
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
           *       "category": "Support",
           *       "currency": "EUR",
           *       "delivery_days": 3,
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
           *       },
           *       "icon": "headset",
           *       "name": "Laptop for a new colleague",
           *       "owner": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "price_kind": "free",
           *       "price_minor": 4900,
           *       "summary": "In three steps, without calling anybody.",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "has_draft": true,
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "published": {
           *         "category": "Support",
           *         "currency": "EUR",
           *         "delivery_days": 3,
           *         "description": "It blinks **red** since this morning.",
           *         "description_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *         "form": {
           *           "fields": [
           *             {
           *               "default": "DE-1234",
           *               "help": "As it stands on the invoice.",
           *               "id": "cost_center",
           *               "kind": "short_text",
           *               "label": "Cost center",
           *               "max": 0.5,
           *               "min": 0.5,
           *               "options": [
           *                 {
           *                   "label": "Cost center",
           *                   "value": "DE-1234"
           *                 }
           *               ],
           *               "pattern": "^[A-Z]{2}-[0-9]{4}$",
           *               "required": false,
           *               "visible_if": {
           *                 "all": [
           *                   {
           *                     "field": "cost_center",
           *                     "op": "eq",
           *                     "value": "DE-1234"
           *                   }
           *                 ]
           *               }
           *             }
           *           ]
           *         },
           *         "icon": "headset",
           *         "name": "Laptop for a new colleague",
           *         "owner": {
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "name": "Ana Alves",
           *           "role": "customer"
           *         },
           *         "price_kind": "free",
           *         "price_minor": 4900,
           *         "summary": "In three steps, without calling anybody."
           *       },
           *       "published_at": "2026-01-15T09:30:00Z",
           *       "published_version": 5,
           *       "status": "draft",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['AdminService']
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
      /** @description `invalid_transition`: it is not active. Or `in_progress`. */
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
  'settings.get': {
    parameters: {
      query?: never
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The settings. */
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
           *       "auto_close_days": 2,
           *       "brand_name": "Acme Service Desk",
           *       "logo": {
           *         "height": 2,
           *         "url": "/api/branding/logo/9f86d081…",
           *         "width": 2
           *       },
           *       "rating_window_days": 2,
           *       "registration_open": true,
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Settings']
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
  'settings.update': {
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
         *       "auto_close_days": 7,
         *       "brand_name": "Acme Care"
         *     }
         */
        'application/json': components['schemas']['SettingsUpdate']
      }
    }
    responses: {
      /** @description The settings. */
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
           *       "auto_close_days": 2,
           *       "brand_name": "Acme Service Desk",
           *       "logo": {
           *         "height": 2,
           *         "url": "/api/branding/logo/9f86d081…",
           *         "width": 2
           *       },
           *       "rating_window_days": 2,
           *       "registration_open": true,
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Settings']
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
  'settings.put_logo': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of the settings, or `*`.
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
         *       "content": "iVBORw0KGgo="
         *     }
         */
        'application/json': components['schemas']['LogoPut']
      }
    }
    responses: {
      /** @description The settings. */
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
           *       "auto_close_days": 2,
           *       "brand_name": "Acme Service Desk",
           *       "logo": {
           *         "height": 2,
           *         "url": "/api/branding/logo/9f86d081…",
           *         "width": 2
           *       },
           *       "rating_window_days": 2,
           *       "registration_open": true,
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Settings']
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
  'settings.delete_logo': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of the settings, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The settings. */
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
           *       "auto_close_days": 2,
           *       "brand_name": "Acme Service Desk",
           *       "logo": {
           *         "height": 2,
           *         "url": "/api/branding/logo/9f86d081…",
           *         "width": 2
           *       },
           *       "rating_window_days": 2,
           *       "registration_open": true,
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Settings']
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
  'tickets.list': {
    parameters: {
      query?: {
        /**
         * @description In one of these states, separated by commas.
         * @example new,open
         */
        status?: string
        /**
         * @description Of one of these priorities, separated by commas.
         * @example high,urgent
         */
        priority?: string
        /**
         * @description Of one of these categories, separated by commas.
         * @example incident
         */
        category?: string
        /**
         * @description Of one of these assignees, separated by commas: ids, `me`, `none`.
         * @example me,none
         */
        assignee?: string
        /** @description Asked by this person. */
        requester?: components['schemas']['UserId']
        /** @description Asked for this organization. */
        organization?: components['schemas']['OrganizationId']
        /** @description Ordering this service. */
        service?: components['schemas']['ServiceId']
        /** @description Opened at or after. */
        created_from?: string
        /** @description Opened before. */
        created_to?: string
        /** @description First answered by staff at or after. */
        answered_from?: string
        /** @description First answered before. */
        answered_to?: string
        /** @description Resolved at or after, by a resolution that stands. */
        resolved_from?: string
        /** @description Resolved before. */
        resolved_to?: string
        /** @description Whether the customer waits for an answer of ours. */
        waiting?: boolean
        /** @description Whether the customer undid the last resolution and there is no other yet. */
        reopened?: boolean
        /** @description Whether it orders a service. */
        ordered?: boolean
        /** @description Having words that begin with these, notes included; newest first. */
        q?: string
        /**
         * @description The order; with `q` always newest first. `waiting_since`, longest first, lists those only
         *     whose customer waits.
         */
        sort?: '-updated_at' | 'updated_at' | '-created_at' | 'created_at' | 'waiting_since'
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
      /** @description A page of tickets. As CSV: all tickets, attached as a file. */
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
           *           "assignee": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "category": "customer_request",
           *           "closed_at": "2026-01-15T09:30:00Z",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "description": "It blinks **red** since this morning.",
           *           "first_response_at": "2026-01-15T09:30:00Z",
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
           *           "version": 5,
           *           "waiting_since": "2026-01-15T09:30:00Z"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_AdminTicket']
          'text/csv': string
        }
      }
      /** @description `invalid_query` or `invalid_cursor` or `invalid_header` */
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
         *       "assignee_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
         *       "category": "customer_request",
         *       "description": "It blinks **red** since this morning.",
         *       "priority": "low",
         *       "requester_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
         *       "subject": "The printer on the second floor is offline"
         *     }
         */
        'application/json': components['schemas']['AdminTicketCreate']
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
           *       "assignee": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "customer_request",
           *       "closed_at": "2026-01-15T09:30:00Z",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "first_response_at": "2026-01-15T09:30:00Z",
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
           *       "waiting_since": "2026-01-15T09:30:00Z",
           *       "allowed_statuses": [
           *         "new"
           *       ],
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
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
           *       "ratings": [
           *         {
           *           "comment": "Fast and friendly, thank you.",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "reasons": [
           *             "text"
           *           ],
           *           "score": 5,
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "resolution": 2
           *         }
           *       ],
           *       "requester_email": "ana@acme.example",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['AdminTicketDetail']
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
  'tickets.counts': {
    parameters: {
      query?: {
        /**
         * @description In one of these states, separated by commas.
         * @example new,open
         */
        status?: string
        /**
         * @description Of one of these priorities, separated by commas.
         * @example high,urgent
         */
        priority?: string
        /**
         * @description Of one of these categories, separated by commas.
         * @example incident
         */
        category?: string
        /**
         * @description Of one of these assignees, separated by commas: ids, `me`, `none`.
         * @example me,none
         */
        assignee?: string
        /** @description Asked by this person. */
        requester?: components['schemas']['UserId']
        /** @description Asked for this organization. */
        organization?: components['schemas']['OrganizationId']
        /** @description Ordering this service. */
        service?: components['schemas']['ServiceId']
        /** @description Opened at or after. */
        created_from?: string
        /** @description Opened before. */
        created_to?: string
        /** @description First answered by staff at or after. */
        answered_from?: string
        /** @description First answered before. */
        answered_to?: string
        /** @description Resolved at or after, by a resolution that stands. */
        resolved_from?: string
        /** @description Resolved before. */
        resolved_to?: string
        /** @description Whether the customer waits for an answer of ours. */
        waiting?: boolean
        /** @description Whether the customer undid the last resolution and there is no other yet. */
        reopened?: boolean
        /** @description Whether it orders a service. */
        ordered?: boolean
        /** @description Having words that begin with these, notes included. */
        q?: string
      }
      header?: never
      path?: never
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The counts. */
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
           *       "by_assignee": [
           *         {
           *           "assignee": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "count": 12
           *         }
           *       ],
           *       "by_priority": {},
           *       "by_status": {},
           *       "more": false,
           *       "total": 12
           *     }
           */
          'application/json': components['schemas']['TicketCountsAnswer']
        }
      }
      /** @description `invalid_query` */
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
           *       "assignee": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "customer_request",
           *       "closed_at": "2026-01-15T09:30:00Z",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "first_response_at": "2026-01-15T09:30:00Z",
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
           *       "waiting_since": "2026-01-15T09:30:00Z",
           *       "allowed_statuses": [
           *         "new"
           *       ],
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
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
           *       "ratings": [
           *         {
           *           "comment": "Fast and friendly, thank you.",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "reasons": [
           *             "text"
           *           ],
           *           "score": 5,
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "resolution": 2
           *         }
           *       ],
           *       "requester_email": "ana@acme.example",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['AdminTicketDetail']
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
  'tickets.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or * to insist.
         * @example "5"
         */
        'If-Match': string
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
         *       "status": "pending",
         *       "assignee_id": null
         *     }
         */
        'application/json': components['schemas']['AdminTicketPatch']
      }
    }
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
           *       "assignee": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "category": "customer_request",
           *       "closed_at": "2026-01-15T09:30:00Z",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "description": "It blinks **red** since this morning.",
           *       "first_response_at": "2026-01-15T09:30:00Z",
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
           *       "waiting_since": "2026-01-15T09:30:00Z",
           *       "allowed_statuses": [
           *         "new"
           *       ],
           *       "answers": [
           *         {
           *           "field": "cost_center",
           *           "kind": "short_text",
           *           "label": "Cost center",
           *           "raw": "DE-1234",
           *           "value": "DE-1234"
           *         }
           *       ],
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
           *       "ratings": [
           *         {
           *           "comment": "Fast and friendly, thank you.",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "reasons": [
           *             "text"
           *           ],
           *           "score": 5,
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "resolution": 2
           *         }
           *       ],
           *       "requester_email": "ana@acme.example",
           *       "service_version": 5
           *     }
           */
          'application/json': components['schemas']['AdminTicketDetail']
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
      /** @description `invalid_transition`: the status cannot follow the present one. */
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
  'ticket_article_draft.get': {
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
      /** @description What the article can begin as. */
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
           *       "body": "It blinks **red** since this morning.",
           *       "ticket": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "number": "TKT-12"
           *       },
           *       "title": "Reset your password"
           *     }
           */
          'application/json': components['schemas']['AdminArticleDraft']
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
  'ticket_draft.get': {
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
      /** @description The draft. */
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
           *       "note": "It blinks **red** since this morning.",
           *       "reply": "It blinks **red** since this morning.",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "visibility": "public"
           *     }
           */
          'application/json': components['schemas']['ReplyDraft']
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
  'ticket_draft.put': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; without it the last one wins.
         * @example "5"
         */
        'If-Match'?: string
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
         *       "visibility": "public",
         *       "reply": "We are on it.",
         *       "note": ""
         *     }
         */
        'application/json': components['schemas']['ReplyDraftPut']
      }
    }
    responses: {
      /** @description The draft. */
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
           *       "note": "It blinks **red** since this morning.",
           *       "reply": "It blinks **red** since this morning.",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "version": 5,
           *       "visibility": "public"
           *     }
           */
          'application/json': components['schemas']['ReplyDraft']
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
  'ticket_draft.delete': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
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
      /** @description Nothing is kept. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
  'ticket_history.list': {
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
      /** @description A page of changes. */
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
           *           "actor": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "api_key": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Nightly export"
           *           },
           *           "at": "2026-01-15T09:30:00Z",
           *           "field": "status",
           *           "from": "text",
           *           "to": "text",
           *           "via": "portal"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_HistoryEntry']
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
           *           "api_key": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Nightly export"
           *           },
           *           "author": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "body": "It blinks **red** since this morning.",
           *           "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "visibility": "public"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_AdminMessage']
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
         *       "body": "We are on it.",
         *       "visibility": "public"
         *     }
         */
        'application/json': components['schemas']['AdminReply']
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
           *       "api_key": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Nightly export"
           *       },
           *       "author": {
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "name": "Ana Alves",
           *         "role": "customer"
           *       },
           *       "body": "It blinks **red** since this morning.",
           *       "body_html": "<p>It blinks <strong>red</strong> since this morning.</p>\n",
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "visibility": "public"
           *     }
           */
          'application/json': components['schemas']['AdminMessage']
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
      /** @description `ticket_closed`: only notes can be added. Or `in_progress`. */
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
  'users.list': {
    parameters: {
      query?: {
        /**
         * @description With one of these roles, separated by commas.
         * @example agent,admin
         */
        role?: string
        /** @description Whether they may sign in. */
        active?: boolean
        /** @description Of this organization. */
        organization?: components['schemas']['OrganizationId']
        /** @description Being this in their organization. */
        organization_role?: components['schemas']['OrganizationRole']
        /** @description Having words that begin with these, in name or address. */
        q?: string
        /** @description The order. */
        sort?: '-created_at' | 'created_at' | '-last_seen_at'
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
      /** @description A page of people. As CSV: all people, attached as a file. */
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
           *           "active": true,
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "email": "ana@acme.example",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "last_seen_at": "2026-01-15T09:30:00Z",
           *           "name": "Ana Alves",
           *           "organization": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Acme"
           *           },
           *           "organization_role": "member",
           *           "role": "customer",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_User']
          'text/csv': string
        }
      }
      /** @description `invalid_query` or `invalid_cursor` or `invalid_header` */
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
  'users.create': {
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
         *       "email": "dora@initech.example",
         *       "name": "Dora Diaz",
         *       "role": "customer"
         *     }
         */
        'application/json': components['schemas']['UserCreate']
      }
    }
    responses: {
      /** @description The person. */
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
      /** @description `email_taken`: somebody has this address. Or `in_progress`. */
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
  'users.import': {
    parameters: {
      query?: {
        /** @description Only tell what would happen; false where it is left out. */
        dry_run?: boolean
        /**
         * @description Add organizations that lines name and that are not there. Where it is left out, such lines
         *     are refused.
         */
        create_organizations?: boolean
      }
      header?: never
      path?: never
      cookie?: never
    }
    /** @description The file. */
    requestBody: {
      content: {
        /**
         * @example email,name,organization,organization_role
         *     ana@acme.example,Ana Alba,Acme,manager
         */
        'text/csv': string
      }
    }
    responses: {
      /** @description What became, or would become, of each line. */
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
           *       "counts": {
           *         "create": 2,
           *         "error": 2,
           *         "unchanged": 2,
           *         "update": 2
           *       },
           *       "dry_run": false,
           *       "lines": [
           *         {
           *           "changes": [
           *             "name"
           *           ],
           *           "email": "ana@acme.example",
           *           "line": 2,
           *           "outcome": "create",
           *           "problems": [
           *             {
           *               "code": "bad_format",
           *               "column": "email",
           *               "detail": "must be an e-mail address such as name@example.com"
           *             }
           *           ],
           *           "user_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f"
           *         }
           *       ],
           *       "organizations": [
           *         "Acme"
           *       ]
           *     }
           */
          'application/json': components['schemas']['UserImport']
        }
      }
      /** @description `invalid_query` or `malformed_json` */
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
      /** @description `body_too_large`: a file may have at most 8 MiB. */
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
      /** @description `unsupported_media_type`: the file is not said to be CSV. */
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
  'users.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Their id. */
        id: components['schemas']['UserId']
      }
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
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['User']
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
  'users.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Their id. */
        id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "active": false
         *     }
         */
        'application/json': components['schemas']['UserUpdate']
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
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['User']
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
      /** @description `last_admin`, `own_access`: nobody could let others in any more, or you could not. */
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
  'users.password_link': {
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
        /** @description Their id. */
        id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The link. It is shown once. */
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
           *       "expires_at": "2026-01-15T09:30:00Z",
           *       "url": "https://desk.example.com/customer/set-password#token=1k0N…"
           *     }
           */
          'application/json': components['schemas']['PasswordLinkAnswer']
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
  'users.password_links': {
    parameters: {
      query?: {
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path: {
        /** @description Their id. */
        id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of links. */
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
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "created_by": {
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "name": "Ana Alves",
           *             "role": "customer"
           *           },
           *           "expires_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "replaced_at": "2026-01-15T09:30:00Z",
           *           "used_at": "2026-01-15T09:30:00Z"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_PasswordLinkRecord']
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
  'users.sessions': {
    parameters: {
      query?: {
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path: {
        /** @description Their id. */
        id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of sessions. */
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
           *           "address": "203.0.113.7",
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "expires_at": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "last_used_at": "2026-01-15T09:30:00Z",
           *           "portal": "customer",
           *           "user_agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_UserSession']
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
  'users.end_sessions': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Their id. */
        id: components['schemas']['UserId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description They are signed in nowhere. */
      204: {
        headers: {
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
  'users.end_session': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Their id. */
        id: components['schemas']['UserId']
        /** @description The session's id. */
        session_id: components['schemas']['SessionId']
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
  'webhooks.list': {
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
      /** @description A page of webhooks. */
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
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "description": "It blinks **red** since this morning.",
           *           "disabled_at": "2026-01-15T09:30:00Z",
           *           "disabled_reason": "by_admin",
           *           "event_types": [
           *             "ticket.created"
           *           ],
           *           "failing_since": "2026-01-15T09:30:00Z",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "last_delivery": {
           *             "created_at": "2026-01-15T09:30:00Z",
           *             "ended_at": "2026-01-15T09:30:00Z",
           *             "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *             "status": "waiting"
           *           },
           *           "old_secret_until": "2026-01-15T09:30:00Z",
           *           "state": "active",
           *           "updated_at": "2026-01-15T09:30:00Z",
           *           "url": "https://hooks.example.com/bsm",
           *           "version": 5
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_Webhook']
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
  'webhooks.create': {
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
         *       "url": "https://hooks.example.com/bsm",
         *       "description": "Chat",
         *       "event_types": [
         *         "ticket.created"
         *       ]
         *     }
         */
        'application/json': components['schemas']['WebhookCreate']
      }
    }
    responses: {
      /** @description The webhook and its secret. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "description": "It blinks **red** since this morning.",
           *       "disabled_at": "2026-01-15T09:30:00Z",
           *       "disabled_reason": "by_admin",
           *       "event_types": [
           *         "ticket.created"
           *       ],
           *       "failing_since": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_delivery": {
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "ended_at": "2026-01-15T09:30:00Z",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "status": "waiting"
           *       },
           *       "old_secret_until": "2026-01-15T09:30:00Z",
           *       "state": "active",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "url": "https://hooks.example.com/bsm",
           *       "version": 5,
           *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
           *     }
           */
          'application/json': components['schemas']['WebhookWithSecret']
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
      /** @description `webhook_limit`: there are 50 already. `in_progress`: the same call is being done. */
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
  'webhooks.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description Its id. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The webhook. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "description": "It blinks **red** since this morning.",
           *       "disabled_at": "2026-01-15T09:30:00Z",
           *       "disabled_reason": "by_admin",
           *       "event_types": [
           *         "ticket.created"
           *       ],
           *       "failing_since": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_delivery": {
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "ended_at": "2026-01-15T09:30:00Z",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "status": "waiting"
           *       },
           *       "old_secret_until": "2026-01-15T09:30:00Z",
           *       "state": "active",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "url": "https://hooks.example.com/bsm",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Webhook']
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
  'webhooks.delete': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description It is gone. */
      204: {
        headers: {
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content?: never
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
  'webhooks.update': {
    parameters: {
      query?: never
      header: {
        /**
         * @description The ETag of what was read, or `*`.
         * @example "5"
         */
        'If-Match': string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "event_types": [
         *         "ticket.created",
         *         "ticket.resolved"
         *       ]
         *     }
         */
        'application/json': components['schemas']['WebhookUpdate']
      }
    }
    responses: {
      /** @description The webhook. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "description": "It blinks **red** since this morning.",
           *       "disabled_at": "2026-01-15T09:30:00Z",
           *       "disabled_reason": "by_admin",
           *       "event_types": [
           *         "ticket.created"
           *       ],
           *       "failing_since": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_delivery": {
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "ended_at": "2026-01-15T09:30:00Z",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "status": "waiting"
           *       },
           *       "old_secret_until": "2026-01-15T09:30:00Z",
           *       "state": "active",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "url": "https://hooks.example.com/bsm",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Webhook']
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
  'webhook_deliveries.list': {
    parameters: {
      query?: {
        /** @description Those that stand like this. */
        status?: 'waiting' | 'delivered' | 'failed'
        /**
         * @description Those of this type of event; `webhook.test` for tests.
         * @example ticket.created
         */
        event_type?: string
        /** @description Rows of a page, 25 by default. */
        limit?: number
        /** @description The `next_cursor` of the page before. */
        cursor?: string
      }
      header?: never
      path: {
        /** @description The id of the webhook. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description A page of deliveries. */
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
           *           "attempts": 2,
           *           "created_at": "2026-01-15T09:30:00Z",
           *           "ended_at": "2026-01-15T09:30:00Z",
           *           "event_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "event_type": "ticket.created",
           *           "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *           "next_attempt_at": "2026-01-15T09:30:00Z",
           *           "status": "waiting"
           *         }
           *       ],
           *       "next_cursor": null
           *     }
           */
          'application/json': components['schemas']['ListAnswer_Delivery']
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
  'webhook_deliveries.get': {
    parameters: {
      query?: never
      header?: never
      path: {
        /** @description The id of the webhook. */
        id: components['schemas']['WebhookId']
        /** @description The id of the delivery. */
        delivery_id: components['schemas']['DeliveryId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The delivery. */
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
           *       "attempts": 2,
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "ended_at": "2026-01-15T09:30:00Z",
           *       "event_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "event_type": "ticket.created",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "next_attempt_at": "2026-01-15T09:30:00Z",
           *       "status": "waiting",
           *       "log": [
           *         {
           *           "answer": "text",
           *           "at": "2026-01-15T09:30:00Z",
           *           "error": "forbidden_address",
           *           "error_detail": "text",
           *           "latency_ms": 2,
           *           "n": 2,
           *           "signature": "text",
           *           "status": 404,
           *           "url": "/api/branding/logo/5f0c"
           *         }
           *       ],
           *       "payload": "text"
           *     }
           */
          'application/json': components['schemas']['DeliveryWithAttempts']
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
  'webhook_deliveries.resend': {
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
        /** @description The id of the webhook. */
        id: components['schemas']['WebhookId']
        /** @description The id of the delivery. */
        delivery_id: components['schemas']['DeliveryId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The delivery, waiting. */
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
           *       "attempts": 2,
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "ended_at": "2026-01-15T09:30:00Z",
           *       "event_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "event_type": "ticket.created",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "next_attempt_at": "2026-01-15T09:30:00Z",
           *       "status": "waiting"
           *     }
           */
          'application/json': components['schemas']['Delivery']
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
      /** @description `webhook_disabled`: enable it first. `in_progress`: the same call is being done. */
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
  'webhooks.disable': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The webhook, disabled. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "description": "It blinks **red** since this morning.",
           *       "disabled_at": "2026-01-15T09:30:00Z",
           *       "disabled_reason": "by_admin",
           *       "event_types": [
           *         "ticket.created"
           *       ],
           *       "failing_since": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_delivery": {
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "ended_at": "2026-01-15T09:30:00Z",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "status": "waiting"
           *       },
           *       "old_secret_until": "2026-01-15T09:30:00Z",
           *       "state": "active",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "url": "https://hooks.example.com/bsm",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Webhook']
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
  'webhooks.enable': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The webhook, active. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "description": "It blinks **red** since this morning.",
           *       "disabled_at": "2026-01-15T09:30:00Z",
           *       "disabled_reason": "by_admin",
           *       "event_types": [
           *         "ticket.created"
           *       ],
           *       "failing_since": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_delivery": {
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "ended_at": "2026-01-15T09:30:00Z",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "status": "waiting"
           *       },
           *       "old_secret_until": "2026-01-15T09:30:00Z",
           *       "state": "active",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "url": "https://hooks.example.com/bsm",
           *       "version": 5
           *     }
           */
          'application/json': components['schemas']['Webhook']
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
  'webhooks.resend': {
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
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody: {
      content: {
        /**
         * @example {
         *       "since": "2026-11-30T08:00:00Z"
         *     }
         */
        'application/json': components['schemas']['WebhookResend']
      }
    }
    responses: {
      /** @description How many are sent again. */
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
           *       "queued": 2
           *     }
           */
          'application/json': components['schemas']['WebhookResent']
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
      /** @description `webhook_disabled`: enable it first. `in_progress`: the same call is being done. */
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
  'webhooks.rotate_secret': {
    parameters: {
      query?: never
      header?: {
        /**
         * @description The ETag of what was read; may be left out.
         * @example "5"
         */
        'If-Match'?: string
        /**
         * @description A text of the client's own choice. The same call with the same key is done once and answered the same for 24 hours; refusals are not kept.
         * @example 0197a1c5-order-of-ana
         */
        'Idempotency-Key'?: string
      }
      path: {
        /** @description Its id. */
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The webhook and its new secret. */
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
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "created_by": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "description": "It blinks **red** since this morning.",
           *       "disabled_at": "2026-01-15T09:30:00Z",
           *       "disabled_reason": "by_admin",
           *       "event_types": [
           *         "ticket.created"
           *       ],
           *       "failing_since": "2026-01-15T09:30:00Z",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "last_delivery": {
           *         "created_at": "2026-01-15T09:30:00Z",
           *         "ended_at": "2026-01-15T09:30:00Z",
           *         "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *         "status": "waiting"
           *       },
           *       "old_secret_until": "2026-01-15T09:30:00Z",
           *       "state": "active",
           *       "updated_at": "2026-01-15T09:30:00Z",
           *       "url": "https://hooks.example.com/bsm",
           *       "version": 5,
           *       "secret": "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSwMfKQ9r8GKYo="
           *     }
           */
          'application/json': components['schemas']['WebhookWithSecret']
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
  'webhooks.test': {
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
        id: components['schemas']['WebhookId']
      }
      cookie?: never
    }
    requestBody?: never
    responses: {
      /** @description The delivery, waiting. */
      201: {
        headers: {
          Location: components['headers']['Location']
          RateLimit: components['headers']['RateLimit']
          'RateLimit-Policy': components['headers']['RateLimit-Policy']
          'X-Request-Id': components['headers']['X-Request-Id']
          [name: string]: unknown
        }
        content: {
          /**
           * @example {
           *       "attempts": 2,
           *       "created_at": "2026-01-15T09:30:00Z",
           *       "ended_at": "2026-01-15T09:30:00Z",
           *       "event_id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "event_type": "ticket.created",
           *       "id": "01976f3e-8c5a-7b1e-9d2f-3a4b5c6d7e8f",
           *       "next_attempt_at": "2026-01-15T09:30:00Z",
           *       "status": "waiting"
           *     }
           */
          'application/json': components['schemas']['Delivery']
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
}

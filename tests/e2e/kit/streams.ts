import type { BrowserContext, Page, Request } from '@playwright/test'

/** Counts the event streams that the tabs of a browser hold open. */
export class StreamCount {
  private readonly open = new Map<Request, Page>()

  constructor(context: BrowserContext) {
    for (const page of context.pages()) this.watch(page)
    context.on('page', (page) => this.watch(page))
  }

  get count(): number {
    return this.open.size
  }

  /** The tab that holds a stream for all. */
  holder(): Page | undefined {
    return this.open.values().next().value
  }

  private watch(page: Page): void {
    const isStream = (request: Request) => new URL(request.url()).pathname.endsWith('/events')
    const gone = (request: Request) => this.open.delete(request)
    page.on('request', (request) => {
      if (isStream(request)) this.open.set(request, page)
    })
    page.on('requestfinished', gone)
    page.on('requestfailed', gone)
    page.on('close', () => {
      for (const [request, owner] of this.open) if (owner === page) gone(request)
    })
  }
}

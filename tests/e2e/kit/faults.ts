import type { BrowserContext } from '@playwright/test'

/** What went wrong in any page of a test without failing it by itself. */
export class Faults {
  private readonly found: string[] = []
  private readonly allowed: RegExp[] = []

  /** Listens to every page of the context, also to those opened later. */
  watch(context: BrowserContext): void {
    context.on('console', (message) => {
      if (message.type() !== 'error') return
      this.found.push(`console: ${message.text()} (${message.location().url})`)
    })
    context.on('weberror', (error) => {
      this.found.push(`page: ${error.error().stack ?? error.error().message}`)
    })
  }

  /**
   * Browsers write every refused request into the console: says which ones a test provokes.
   * Errors of the page itself cannot be allowed.
   */
  allow(pattern: RegExp): void {
    this.allowed.push(pattern)
  }

  /** What was found and is not allowed. */
  left(): string[] {
    const isAllowed = (fault: string) =>
      fault.startsWith('console: ') && this.allowed.some((pattern) => pattern.test(fault))
    return this.found.filter((fault) => !isAllowed(fault))
  }
}

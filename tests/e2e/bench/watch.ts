import type { Page } from '@playwright/test'

/*
 * Times are taken by the pages themselves: what drives the browsers asks when it is over, and its own
 * pace is in no figure. The clock of both is that of the machine.
 */

/** Notes when a page is clicked next. Answers that time, once it was. */
export async function nextClick(page: Page): Promise<() => Promise<number>> {
  const clicked = await page.evaluateHandle(() => ({
    at: new Promise<number>((done) => {
      const now = () => performance.timeOrigin + performance.now()
      document.addEventListener('click', () => done(now()), { capture: true, once: true })
    }),
  }))
  return () => clicked.evaluate(({ at }) => at)
}

/** Notes when a page first shows a table's row with this text, painted. Answers that time, once it does. */
export async function rowShown(page: Page, text: string): Promise<() => Promise<number>> {
  const shown = await page.evaluateHandle((wanted) => {
    const now = () => performance.timeOrigin + performance.now()
    const there = () =>
      [...document.querySelectorAll('tbody tr')].some((row) => row.textContent?.includes(wanted))
    return {
      at: new Promise<number>((done) => {
        const observer = new MutationObserver(() => {
          if (!there()) return
          observer.disconnect()
          requestAnimationFrame(() => done(now()))
        })
        observer.observe(document.body, { childList: true, subtree: true, characterData: true })
      }),
    }
  }, text)
  return () => shown.evaluate(({ at }) => at)
}

import type { Locator, Page } from '@playwright/test'
import { fillSignIn, goTo } from './pages.ts'
import { expect } from './test.ts'

export function ticketRow(page: Page, text: string): Locator {
  return page.getByRole('table', { name: 'Tickets' }).getByRole('row').filter({ hasText: text })
}

/** Opens a ticket from the list of tickets. */
export async function openTicket(page: Page, subject: string): Promise<void> {
  await ticketRow(page, subject).getByRole('link').first().click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
}

/** A field of the ticket, by its label. */
export function field(page: Page, label: string): Locator {
  return page.getByRole('combobox', { name: label }).or(page.getByRole('textbox', { name: label }))
}

/** Chooses another value of a ticket's field, which saves it. */
export async function choose(page: Page, label: string, value: string): Promise<void> {
  await field(page, label).click()
  await page.getByRole('option', { name: value, exact: true }).click()
  await expect(field(page, label)).toHaveValue(value)
}

/** Writes to the customer. */
export async function reply(page: Page, text: string): Promise<void> {
  const composer = page.getByRole('form', { name: 'Public reply' })
  await composer.getByRole('textbox').fill(text)
  await composer.getByRole('button', { name: /^Send/ }).click()
  await expect(page.getByRole('list', { name: 'Conversation' }).getByText(text)).toBeVisible()
}

/** Writes a new service, from the list of services; nothing of it is public yet. */
export async function draftService(page: Page, name: string): Promise<void> {
  await page.getByRole('link', { name: 'New service' }).click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('combobox', { name: 'Category' }).fill('Support')
  await saveDraft(page)
}

export async function openService(page: Page, name: string): Promise<void> {
  await goTo(page, 'Services')
  await page.getByRole('link', { name }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
}

/** Writes a new article; nothing of it is public yet. */
export async function draftArticle(page: Page, title: string, body: string): Promise<void> {
  await goTo(page, 'Knowledge base')
  await page.getByRole('link', { name: 'New article' }).click()
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title)
  await page.getByRole('combobox', { name: 'Category' }).fill('Support')
  await writeArticle(page, body)
}

/** Changes the text of the article that is open, and saves the draft. */
export async function writeArticle(page: Page, body: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(body)
  await saveDraft(page)
}

/** The button is disabled while a draft is saved and after: what says that it stands is the server. */
async function saveDraft(page: Page): Promise<void> {
  const save = page.getByRole('button', { name: 'Save draft' })
  const stored = page.waitForResponse((answer) => {
    const { pathname } = new URL(answer.url())
    const written = ['POST', 'PATCH'].includes(answer.request().method())
    return written && answer.ok() && /^\/api\/admin\/(services|knowledge-base)(\/[^/]+)?$/.test(pathname)
  })
  await save.click()
  await stored
  await expect(page).toHaveURL(/[0-9a-f]{8}-[0-9a-f-]{27}/)
  await expect(save).not.toHaveAttribute('data-loading')
  await expect(save).toBeDisabled()
}

/** Makes what is open live, whole. */
export async function publish(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Publish' }).click()
}

/** One of the rarer acts, which asks before it is done. */
export async function act(page: Page, name: 'Retire' | 'Archive'): Promise<void> {
  await page.getByRole('button', { name: 'More acts' }).click()
  await page.getByRole('menuitem', { name }).click()
  await page.getByRole('dialog').getByRole('button', { name }).click()
}

/** A line of the feedback page. */
export function feedbackRow(page: Page, number: string): Locator {
  return page.getByRole('table', { name: 'Feedback' }).getByRole('row').filter({ hasText: number })
}

/** Signs in when the page asks for it: a browser of its own does, another tab does not. */
export async function signInIfAsked(page: Page, email: string): Promise<void> {
  const asked = page.getByRole('button', { name: 'Sign in' })
  await expect(asked.or(page.getByRole('button', { name: /^Account of/ }))).toBeVisible()
  if (await asked.isVisible()) await fillSignIn(page, email)
}

/** A tile of the feedback page, by its first words. */
export function tile(page: Page, name: string): Locator {
  const tiles = page.getByRole('list', { name: 'Figures of the period' })
  return tiles.getByRole('link', { name: new RegExp(`^${name}`) })
}

/** The number of such a tile. */
export async function figure(page: Page, name: string): Promise<number> {
  const text = (await tile(page, name).textContent()) ?? ''
  return Number(/\d+/.exec(text.replace(name, ''))?.[0])
}

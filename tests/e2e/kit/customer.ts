import type { Locator, Page } from '@playwright/test'
import { goTo } from './pages.ts'
import { expect } from './test.ts'

/** Opens a ticket from wherever one is. Answers its number; the ticket is shown then. */
export async function openTicket(page: Page, subject: string, description: string): Promise<string> {
  await goTo(page, 'Tickets')
  await page.getByRole('link', { name: 'New ticket' }).first().click()
  await page.getByLabel('Subject').fill(subject)
  await page.getByLabel('Description').fill(description)
  await page.getByRole('button', { name: 'Send the ticket' }).click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** A message of the conversation. */
export function entry(page: Page, text: string): Locator {
  return page.getByRole('region', { name: 'Conversation' }).getByRole('article').filter({ hasText: text })
}

/** Where the ticket stands, in its reader's words. */
export function step(page: Page): Locator {
  return page.getByRole('list', { name: 'Progress' }).locator('[aria-current=step]')
}

export async function reply(page: Page, text: string): Promise<void> {
  await page.getByLabel('Your reply').fill(text)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(entry(page, text)).toBeVisible()
}

export function ticketRow(page: Page, number: string): Locator {
  return page.getByRole('table', { name: 'Tickets' }).getByRole('row').filter({ hasText: number })
}

export function serviceCard(page: Page, name: string): Locator {
  return page.getByRole('article').filter({ hasText: name })
}

export function articleCard(page: Page, title: string): Locator {
  return page.getByRole('article').filter({ hasText: title })
}

/** A ticket on the rating page, rated or not. */
export function ratingCard(page: Page, subject: string): Locator {
  return page.getByRole('article').filter({ hasText: subject })
}

export async function changeRating(page: Page, subject: string, score: number): Promise<void> {
  const card = ratingCard(page, subject)
  await card.getByRole('button', { name: /^Change the rating of/ }).click()
  await card.getByRole('radio', { name: new RegExp(`^${score} of 5`) }).check()
  await card.getByRole('button', { name: 'Save the change' }).click()
}

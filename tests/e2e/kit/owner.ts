import type { Page } from '@playwright/test'
import * as customer from './customer.ts'
import { fillSignIn, goTo, liveSign } from './pages.ts'
import * as staff from './staff.ts'
import { expect } from './test.ts'

/*
 * What the owner of a new desk and their people do by clicking, from nothing to the last ticket.
 */

/** Follows a password link, sets a password and signs in with it. */
export async function arrive(page: Page, link: string, email: string): Promise<void> {
  const password = `the password of ${email}`
  await page.goto(link)
  await page.getByLabel('New password').fill(password)
  await page.getByRole('button', { name: 'Set your password' }).click()
  await expect(page.getByRole('heading', { name: 'Set your password' })).toHaveCount(0)
  await fillSignIn(page, email, password)
  await expect(liveSign(page, 'Live')).toBeVisible()
}

/** The link that a dialog shows once; closes it. */
export async function takeLink(page: Page): Promise<string> {
  const link = await page.getByRole('textbox', { name: 'Link' }).inputValue()
  await page.getByRole('button', { name: 'Done' }).click()
  return link
}

/** Adds one of staff. Answers their password link. */
export async function addAgent(page: Page, name: string, email: string): Promise<string> {
  await goTo(page, 'Users')
  await page.getByRole('link', { name: 'New user' }).click()
  await page.getByRole('textbox', { name: 'E-mail address' }).fill(email)
  await page.getByRole('textbox', { name: 'Name' }).fill(name)
  await page.getByRole('combobox', { name: 'Role' }).click()
  await page.getByRole('option', { name: 'Agent' }).click()
  await page.getByRole('button', { name: 'Create the account' }).click()
  return takeLink(page)
}

/** Begins a service; nothing of it is saved yet. */
export async function beginService(page: Page, name: string, category: string): Promise<void> {
  await goTo(page, 'Services')
  await page.getByRole('link', { name: 'New service' }).first().click()
  await page.getByRole('textbox', { name: 'Name', exact: true }).fill(name)
  await page.getByRole('combobox', { name: 'Category' }).fill(category)
}

/** Adds a field to the order form that is open, and opens it. */
export async function addField(page: Page, kind: string, question: string): Promise<void> {
  await page.getByRole('button', { name: 'Add a field' }).click()
  await page.getByRole('menuitem', { name: kind, exact: true }).click()
  await page.getByRole('textbox', { name: 'Question' }).fill(question)
}

export async function publishService(page: Page, name: string): Promise<void> {
  await staff.publish(page)
  await expect(page).toHaveURL(/\/services\/[0-9a-f-]{36}/)
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled()
}

export async function publishArticle(
  page: Page,
  title: string,
  category: string,
  readers: 'Everybody' | 'Customers',
): Promise<void> {
  await goTo(page, 'Knowledge base')
  await page.getByRole('link', { name: 'New article' }).first().click()
  await page.getByRole('textbox', { name: 'Title', exact: true }).fill(title)
  await page.getByRole('combobox', { name: 'Category' }).fill(category)
  await page.getByRole('radio', { name: new RegExp(`^${readers}`) }).check()
  await page.getByRole('textbox', { name: 'Text', exact: true }).fill(`How to: ${title}.`)
  await staff.publish(page)
  await expect(page).toHaveURL(/\/knowledge-base\/[0-9a-f-]{36}/)
  await expect(page.getByRole('button', { name: 'Publish' })).toBeDisabled()
}

/** Orders a service that asks nothing. Answers the ticket's number. */
export async function order(page: Page, service: string): Promise<string> {
  await goTo(page, 'Services')
  await customer.serviceCard(page, service).getByRole('link').click()
  await page.getByRole('button', { name: 'Send the order' }).click()
  return orderedNumber(page)
}

export async function orderedNumber(page: Page): Promise<string> {
  await page.waitForURL(/\/tickets\/TKT-\d+$/)
  return new URL(page.url()).pathname.split('/').at(-1) ?? ''
}

/** Takes a ticket, answers it and resolves it, from wherever one is. */
export async function resolve(page: Page, number: string, answer: string): Promise<void> {
  await goTo(page, 'Tickets')
  // TKT-1 is no TKT-10.
  const link = page.getByRole('table', { name: 'Tickets' }).getByRole('link')
  await link.filter({ hasText: new RegExp(`^${number}(?!\\d)`) }).click()
  await expect(page.getByRole('form', { name: 'Public reply' })).toBeVisible()
  const mine = page.getByRole('button', { name: 'Assign to me' })
  if (await mine.isVisible()) {
    await mine.click()
    await expect(mine).toHaveCount(0)
  }
  await staff.reply(page, answer)
  await staff.choose(page, 'Status', 'Resolved')
}

/** Rates what can be rated, the newest resolution first. */
export async function rateAll(page: Page, scores: number[]): Promise<void> {
  await goTo(page, 'Rating')
  const waiting = page.getByRole('region', { name: 'To rate' }).getByRole('article')
  for (const [index, score] of scores.entries()) {
    await expect(waiting).toHaveCount(scores.length - index)
    const card = waiting.first()
    await card.getByRole('radio', { name: new RegExp(`^${score} of 5`) }).check({ force: true })
    if (score <= 2) await card.getByText('Took too long').click()
    await card.getByRole('button', { name: 'Send the rating' }).click()
  }
  await expect(page.getByText('Nothing left to rate. Thank you!')).toBeVisible()
}

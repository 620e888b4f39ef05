import type { Locator, Page } from '@playwright/test'
import { PASSWORD } from './api.ts'
import type { Place, Portal } from './places.ts'
import { expect } from './test.ts'

const FIRST_PAGE: Record<Portal, string> = { customer: '/dashboard', admin: '/portal' }

/** Fills in the sign-in form, wherever it is shown, and sends it. */
export async function fillSignIn(page: Page, email: string, password = PASSWORD): Promise<void> {
  await page.getByLabel('E-mail address').fill(email)
  await page.getByLabel('Password', { exact: true }).fill(password)
  await page.getByRole('button', { name: 'Sign in' }).click()
}

/** Signs in to a portal and waits for its first page. */
export async function signIn(page: Page, place: Place, portal: Portal, email: string): Promise<void> {
  await page.goto(`${place[portal]}/sign-in`)
  await fillSignIn(page, email)
  await page.waitForURL(place[portal] + FIRST_PAGE[portal])
  await expect(liveSign(page, 'Live')).toBeVisible()
}

/** The word that says whether the page is live. */
export function liveSign(page: Page, word: 'Live' | 'Reconnecting' | 'Offline'): Locator {
  return page.getByRole('banner').getByRole('status').filter({ hasText: word })
}

/** Goes to a place of the main navigation. */
export async function goTo(page: Page, name: string): Promise<void> {
  await page
    .getByRole('navigation', { name: 'Main' })
    .getByRole('link', { name: new RegExp(`^${name}`) })
    .click()
  await expect(page.getByRole('heading', { level: 1, name, exact: true })).toBeVisible()
}

/** Texts that no other test writes. */
let count = 0
export function unique(text: string): string {
  count += 1
  return `${text} ${Date.now().toString(36)}${count}`
}

/** Leaves by the account's menu. */
export async function signOut(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Sign out' }).click()
}

import { ADMIN, ANA, PASSWORD } from './kit/api.ts'
import { expect, test } from './kit/test.ts'
import type { Page } from '@playwright/test'

async function signIn(page: Page, email: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Sign in' })
  await form.getByLabel('E-mail address').fill(email)
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByRole('button', { name: 'Sign in' }).click()
}

/** Sends the call as it stands and answers what came back. */
async function tryOut(page: Page, id: string): Promise<{ status: string; body: string }> {
  const operation = page.locator('.opblock').filter({ has: page.locator(`[id$="-${id}"]`) })
  const block = page.locator(`[id$="-${id}"].opblock`).or(operation).first()
  await block.locator('.opblock-summary-control').click()
  await block.getByRole('button', { name: 'Execute' }).click()
  const live = block.locator('.live-responses-table .response')
  await expect(live).toBeVisible()
  return {
    status: (await live.locator('.response-col_status').innerText()).trim(),
    body: await live.locator('.response-col_description').innerText(),
  }
}

test('Swagger UI shows both documents, signs in, calls, and stays authorized after a reload', async ({
  openSeat,
  place,
}) => {
  const page = await openSeat()
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(place.api) && !request.url().startsWith('data:')) elsewhere.push(request.url())
  })
  const answer = await page.goto(`${place.api}/api/docs/`)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(await page.locator('script:not([src])').count()).toBe(0)

  await expect(page.getByRole('heading', { level: 2, name: /Customer API/ })).toBeVisible()
  await signIn(page, ANA)
  await expect(page.getByText(/^Signed in as Ana .*\(customer\) for 10 minutes\.$/)).toBeVisible()
  const mine = await tryOut(page, 'auth_me')
  expect(mine.status).toBe('200')
  expect(mine.body).toContain(ANA)

  await page.reload()
  await expect(page.getByRole('heading', { level: 2, name: /Customer API/ })).toBeVisible()
  const again = await tryOut(page, 'auth_me')
  expect(again.status).toBe('200')

  await page.getByRole('combobox', { name: /definition/i }).selectOption({ label: 'Admin API' })
  await expect(page.getByRole('heading', { level: 2, name: /Admin API/ })).toBeVisible()
  await signIn(page, ADMIN)
  await expect(page.getByText(/\(admin\) for 10 minutes/)).toBeVisible()
  const settings = await tryOut(page, 'settings_get')
  expect(settings.status).toBe('200')
  expect(settings.body).toContain('registration_open')

  // A token that was pasted is taken as well.
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  const dialog = page.locator('.modal-ux')
  await dialog.getByRole('button', { name: 'Logout' }).first().click()
  await dialog.locator('input[type="text"], input[type="password"]').first().fill('pasted')
  await dialog.getByRole('button', { name: /Apply credentials|Authorize/ }).first().click()
  await expect(dialog.getByRole('button', { name: 'Logout' }).first()).toBeVisible()
  expect(elsewhere).toEqual([])
})

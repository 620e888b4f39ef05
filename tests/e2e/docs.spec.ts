import { ADMIN, ANA, PASSWORD } from './kit/api.ts'
import { unique } from './kit/pages.ts'
import { expect, test } from './kit/test.ts'
import type { Page } from '@playwright/test'

/** Swagger UI reads a whole document before it shows anything. */
const shown = expect.configure({ timeout: 60_000 })

async function signIn(page: Page, email: string): Promise<void> {
  const form = page.getByRole('form', { name: 'Sign in' })
  await form.getByLabel('E-mail address').fill(email)
  await form.getByLabel('Password').fill(PASSWORD)
  await form.getByRole('button', { name: 'Sign in' }).click()
}

/** Sends a `GET` as it stands and answers what came back. */
async function tryOut(page: Page, tag: string, path: string): Promise<{ status: string; body: string }> {
  const group = page.locator(`.opblock-tag[data-tag="${tag}"]`)
  if ((await group.getAttribute('data-is-open')) === 'false') await group.click()
  const block = page.locator('.opblock-get').filter({ has: page.locator(`[data-path="${path}"]`) })
  const summary = block.locator('.opblock-summary-control')
  // After a reload it is open: the address names it.
  if ((await summary.getAttribute('aria-expanded')) === 'false') await summary.click()
  await block.getByRole('button', { name: 'Execute' }).click()
  const live = block.locator('.live-responses-table .response')
  await shown(live).toBeVisible()
  return {
    status: (await live.locator('.response-col_status').innerText()).trim(),
    body: await live.locator('.response-col_description').innerText(),
  }
}

test('Swagger UI shows both documents, signs in, calls, and stays authorized after a reload', async ({
  openSeat,
  place,
}) => {
  test.setTimeout(300_000)
  const page = await openSeat()
  // Nothing else happens in the page while it draws all of a document.
  page.setDefaultTimeout(60_000)
  const elsewhere: string[] = []
  page.on('request', (request) => {
    if (!request.url().startsWith(place.api) && !request.url().startsWith('data:'))
      elsewhere.push(request.url())
  })
  const answer = await page.goto(`${place.api}/api/docs/`)
  const policy = answer?.headers()['content-security-policy'] ?? ''
  expect(policy).toContain("script-src 'self';")
  expect(await page.locator('script:not([src])').count()).toBe(0)

  await shown(page.locator('.info .title')).toContainText('Customer API')
  await signIn(page, ANA)
  await shown(page.getByText(/^Signed in as Ana .*\(customer\) for 10 minutes\.$/)).toBeVisible()
  const mine = await tryOut(page, 'Account', '/api/auth/me')
  expect(mine.status).toBe('200')
  expect(mine.body).toContain(ANA)

  await page.reload()
  await shown(page.locator('.info .title')).toContainText('Customer API')
  const again = await tryOut(page, 'Account', '/api/auth/me')
  expect(again.status).toBe('200')

  await page.getByRole('combobox', { name: /definition/i }).selectOption({ label: 'Admin API' })
  await shown(page.locator('.info .title')).toContainText('Admin API')
  expect(elsewhere).toEqual([])
})

test('a pasted key authorizes calls, also after a reload', async ({ openSeat, place, api }) => {
  test.setTimeout(300_000)
  const name = unique('For the reference')
  const made = await api.call<{ key: string }>(ADMIN, 'POST', '/api/admin/api-keys', {
    name,
    scopes: ['tickets:read'],
  })
  const page = await openSeat()
  page.setDefaultTimeout(60_000)
  await page.goto(`${place.api}/api/docs/?urls.primaryName=Admin+API`)
  await shown(page.locator('.info .title')).toContainText('Admin API')
  await page.getByRole('button', { name: 'Authorize' }).first().click()
  const scheme = page.locator('.auth-container').filter({ hasText: 'api_key' })
  await scheme.getByRole('textbox', { name: 'auth-bearer-value' }).fill(made.key)
  await scheme.getByRole('button', { name: 'Apply credentials' }).click()
  await scheme.getByRole('button', { name: 'Close' }).click()
  expect((await tryOut(page, 'Tickets', '/api/admin/tickets/counts')).status).toBe('200')

  await page.reload()
  await shown(page.locator('.info .title')).toContainText('Admin API')
  const again = await tryOut(page, 'Tickets', '/api/admin/tickets/counts')
  expect(again.status).toBe('200')
  expect(again.body).toContain('by_status')
})

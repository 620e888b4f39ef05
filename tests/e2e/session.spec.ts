import type { BrowserContext } from '@playwright/test'
import { ADMIN, AGENT, ANA, BEN, PASSWORD } from './kit/api.ts'
import { fillSignIn, goTo, liveSign, signIn, signOut, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

test('a session outlives a reload', async ({ openSeat, place }) => {
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await goTo(page, 'Tickets')
  await page.reload()
  await expect(page.getByRole('heading', { level: 1, name: 'Tickets' })).toBeVisible()
  await expect(page.getByRole('button', { name: 'Account of Ana Ferreira' })).toBeVisible()
})

test('both portals are signed in side by side, and out one by one', async ({ openBrowser, place }) => {
  const browser = await openBrowser()
  const [customer, admin] = [await browser.newPage(), await browser.newPage()]
  await signIn(customer, place, 'customer', ANA)
  await signIn(admin, place, 'admin', AGENT)
  await signOut(customer)
  await admin.reload()
  await expect(admin.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
  await customer.goto(`${place.customer}/dashboard`)
  await expect(customer.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible()
})

for (const { portal, email, first, after } of [
  { portal: 'customer', email: ANA, first: 'Tickets', after: 'Welcome back' },
  { portal: 'admin', email: ADMIN, first: 'Services', after: 'Sign in to the desk' },
] as const) {
  test(`signing out in one tab signs out the others: ${portal}`, async ({ openBrowser, place }) => {
    const browser = await openBrowser()
    const [one, other] = [await browser.newPage(), await browser.newPage()]
    await signIn(one, place, portal, email)
    await other.goto(place[portal])
    await goTo(other, first)
    await signOut(one)
    await soon(other.getByRole('heading', { level: 1, name: after })).toBeVisible()
    await soon(one.getByRole('heading', { level: 1, name: after })).toBeVisible()
  })
}

for (const { portal, email, list, first } of [
  { portal: 'customer', email: ANA, list: 'Tickets', first: 'Welcome back' },
  { portal: 'admin', email: AGENT, list: 'Tickets', first: 'Overview' },
] as const) {
  for (const locks of [true, false]) {
    const how = locks ? '' : ', in a browser that knows no locks'
    test(`two tabs that renew their session at once both stay signed in: ${portal}${how}`, async ({
      openBrowser,
      place,
      faults,
    }) => {
      faults.allow(/status of 401/)
      const browser = await openBrowser()
      if (!locks) {
        await browser.addInitScript(() => Object.defineProperty(navigator, 'locks', { value: undefined }))
      }
      const tabs = [await browser.newPage(), await browser.newPage()] as const
      await signIn(tabs[0], place, portal, email)
      await tabs[1].goto(place[portal])
      for (const tab of tabs) await expect(liveSign(tab, 'Live')).toBeVisible()
      const renewals = await endTokens(browser, locks)
      await Promise.all(tabs.map((tab) => goTo(tab, list)))
      for (const tab of tabs) {
        await expect(tab.getByRole('table', { name: list }).getByRole('row').nth(1)).toBeVisible()
      }
      expect(renewals()).toBe(locks ? 1 : 2)
      // The session lives: each of them renews it once more.
      for (const tab of tabs) {
        await tab.reload()
        await expect(tab.getByRole('heading', { level: 1, name: list })).toBeVisible()
        await expect(liveSign(tab, 'Live')).toBeVisible()
      }
      await expect(tabs[0].getByRole('heading', { name: first })).toHaveCount(0)
    })
  }
}

/**
 * The access tokens of a browser end: whatever two tabs send with one that was used so far is refused. The
 * first renewal is held until both tabs want one: with locks the second waits for it, without them both
 * leave together, with the same cookie. Answers how many there were.
 */
async function endTokens(browser: BrowserContext, locks: boolean): Promise<() => number> {
  // Tokens that one session gets in one second are equal: the next one has to be another.
  await new Promise((next) => setTimeout(next, 1_000))
  const live = new Set<string>()
  let renewals = 0
  const bothWant = async () => {
    const want = locks ? () => renewalsAskedFor(browser) : () => Promise.resolve(renewals)
    await expect.poll(want, { message: 'tabs that want a renewal' }).toBe(2)
  }
  await browser.route(/\/api\/(customer|admin)\//, async (route) => {
    const token = route.request().headers()['authorization'] ?? ''
    if (live.has(token)) return route.fallback()
    await route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'x', title: 'x', status: 401, detail: 'x', code: 'unauthenticated' }),
    })
  })
  await browser.route('**/api/auth/refresh', async (route) => {
    renewals += 1
    if (live.size === 0) await bothWant()
    const response = await route.fetch()
    const { access_token } = (await response.json()) as { access_token: string }
    live.add(`Bearer ${access_token}`)
    await route.fulfill({ response })
  })
  return () => renewals
}

test('a wrong password is refused in words', async ({ openSeat, place, faults }) => {
  faults.allow(/\/api\/auth\/login/)
  const page = await openSeat()
  await page.goto(`${place.customer}/sign-in`)
  await fillSignIn(page, ANA, 'not-the-password')
  await expect(page.getByRole('alert')).toContainText('do not match')
  await expect(page.getByLabel('E-mail address')).toHaveValue(ANA)
})

test('staff at the customer portal are told where to go', async ({ openSeat, place }) => {
  const page = await openSeat()
  await page.goto(`${place.customer}/sign-in`)
  await fillSignIn(page, AGENT)
  await expect(page.getByRole('alert')).toContainText('This is a staff account')
  await page.getByRole('link', { name: 'Open the admin portal' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Overview' })).toBeVisible()
})

test('customers at the admin portal are told where to go', async ({ openSeat, place }) => {
  const page = await openSeat()
  await page.goto(`${place.admin}/sign-in`)
  await fillSignIn(page, BEN)
  await expect(page.getByRole('alert')).toContainText('This is a customer account')
  await page.getByRole('link', { name: 'Open the customer portal' }).click()
  await expect(page.getByRole('button', { name: 'Account of Ben Okafor' })).toBeVisible()
})

test('a stranger registers and is in', async ({ openSeat, place }) => {
  const name = unique('Nora Vance')
  const page = await openSeat()
  await page.goto(`${place.customer}/sign-in`)
  await page.getByRole('link', { name: 'Create one' }).click()
  await page.getByLabel('Your name').fill(name)
  await page.getByLabel('E-mail address').fill(`${name.replaceAll(' ', '.').toLowerCase()}@test.example`)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page).toHaveURL(`${place.customer}/dashboard`)
  await expect(page.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
})

test('an address that is taken is said at its field', async ({ openSeat, place, faults }) => {
  faults.allow(/\/api\/auth\/register/)
  const page = await openSeat()
  await page.goto(`${place.customer}/register`)
  await page.getByLabel('Your name').fill('Somebody')
  await page.getByLabel('E-mail address').fill(ANA)
  await page.getByLabel('Password', { exact: true }).fill(PASSWORD)
  await page.getByRole('button', { name: 'Create the account' }).click()
  await expect(page.getByLabel('E-mail address')).toHaveAccessibleDescription(/account with this address/)
})

test('whoever is deactivated is at the sign-in page within seconds', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 401/)
  const email = await api.addCustomer('Leo Castell')
  const page = await openSeat()
  await signIn(page, place, 'customer', email)
  await goTo(page, 'Services')
  await api.deactivate(email)
  await expect(page.getByText('Your session has ended')).toBeVisible({ timeout: 6_000 })
  await fillSignIn(page, email)
  await expect(page.getByRole('alert')).toContainText('do not match')
})

test('a reply that is typed survives a reload and a lost session', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/\/api\/auth\/refresh/)
  const { number } = await api.openTicket(ANA, unique('Half an answer'))
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/${number}`)
  const reply = page.getByLabel('Your reply')
  await reply.fill('I was just about to say')
  await page.reload()
  await expect(reply).toHaveValue('I was just about to say')

  await page.context().clearCookies()
  await page.reload()
  await fillSignIn(page, ANA)
  await expect(page).toHaveURL(`${place.customer}/tickets/${number}`)
  await expect(reply).toHaveValue('I was just about to say')
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('article').filter({ hasText: 'I was just about to say' })).toBeVisible()
  await expect(reply).toHaveValue('')
})

/** How many tabs hold the lock of renewals, or wait for it. */
async function renewalsAskedFor(browser: BrowserContext): Promise<number> {
  const [tab] = browser.pages()
  if (!tab) return 0
  return tab.evaluate(async () => {
    const { held = [], pending = [] } = await navigator.locks.query()
    return [...held, ...pending].filter(({ name }) => name?.startsWith('bsm-refresh-')).length
  })
}

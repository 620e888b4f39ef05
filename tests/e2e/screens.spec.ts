import { join, resolve } from 'node:path'
import { AxeBuilder } from '@axe-core/playwright'
import type { Page } from '@playwright/test'
import { ADMIN, ANA, type Api } from './kit/api.ts'
import { signIn, unique } from './kit/pages.ts'
import type { Portal } from './kit/places.ts'
import { states } from './kit/states.ts'
import { test as base, expect } from './kit/test.ts'

/** Taken for people to look at (`make pictures`); a run that only tests leaves them out. */
const PICTURES = process.env['BSM_PICTURES'] && resolve(import.meta.dirname, '../../test-results/screens')
const WIDTHS = [1280, 390] as const
const RULES = ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']

interface Screen {
  name: string
  portal: Portal
  /** Its address in the portal; asked for when it holds an id. */
  path: string | ((api: Api) => Promise<string>)
}

const firstOf = async (api: Api, who: string, list: string, key: 'id' | 'number' | 'slug') => {
  const { items } = await api.call<{ items: Record<string, string>[] }>(who, 'GET', `${list}limit=1`)
  const value = items[0]?.[key]
  if (!value) throw new Error(`nothing in ${list}`)
  return value
}
const ticketOf = (filter: string) => async (api: Api) =>
  `/tickets/${await firstOf(api, ANA, `/api/customer/tickets?${filter}&`, 'number')}`
const staffPath =
  (folder: string, list: string, key: 'id' | 'number', rest = '') =>
  async (api: Api) =>
    `/${folder}/${await firstOf(api, ADMIN, `/api/admin/${list}`, key)}${rest}`

const signedOut: Screen[] = [
  { name: 'sign-in', portal: 'customer', path: '/sign-in' },
  { name: 'register', portal: 'customer', path: '/register' },
  { name: 'set-password', portal: 'customer', path: '/set-password#token=none' },
  { name: 'forgot-password', portal: 'customer', path: '/forgot-password' },
  { name: 'sign-in', portal: 'admin', path: '/sign-in' },
  { name: 'set-password', portal: 'admin', path: '/set-password' },
]

const signedIn: Screen[] = [
  { name: 'dashboard', portal: 'customer', path: '/dashboard' },
  { name: 'tickets', portal: 'customer', path: '/tickets' },
  { name: 'tickets-organization', portal: 'customer', path: '/tickets?scope=organization&q=a' },
  { name: 'tickets-none', portal: 'customer', path: '/tickets?q=zzzqqq' },
  { name: 'new-ticket', portal: 'customer', path: '/tickets/new' },
  { name: 'ticket-open', portal: 'customer', path: ticketOf('scope=organization&status=open') },
  { name: 'ticket-pending', portal: 'customer', path: ticketOf('scope=organization&status=pending') },
  { name: 'ticket-resolved', portal: 'customer', path: ticketOf('scope=organization&status=resolved') },
  { name: 'ticket-closed', portal: 'customer', path: ticketOf('scope=organization&status=closed') },
  { name: 'ticket-missing', portal: 'customer', path: '/tickets/TKT-999999' },
  { name: 'services', portal: 'customer', path: '/services' },
  {
    name: 'service',
    portal: 'customer',
    path: async (api) => `/services/${await serviceWithForm(api)}`,
  },
  { name: 'help', portal: 'customer', path: '/help' },
  { name: 'help-found', portal: 'customer', path: '/help?q=password' },
  {
    name: 'article',
    portal: 'customer',
    path: async (api) => `/help/${await firstOf(api, ANA, '/api/customer/knowledge-base?', 'slug')}`,
  },
  { name: 'rating', portal: 'customer', path: '/rating' },
  { name: 'profile', portal: 'customer', path: '/profile' },
  { name: 'missing', portal: 'customer', path: '/no-such-page' },
  { name: 'overview', portal: 'admin', path: '/portal' },
  { name: 'tickets', portal: 'admin', path: '/tickets' },
  { name: 'tickets-found', portal: 'admin', path: '/tickets?q=password&status=open,pending' },
  { name: 'new-ticket', portal: 'admin', path: '/tickets/new' },
  { name: 'ticket', portal: 'admin', path: staffPath('tickets', 'tickets?status=open&', 'number') },
  {
    name: 'ticket-order',
    portal: 'admin',
    path: staffPath('tickets', 'tickets?category=service_request&', 'number'),
  },
  {
    name: 'ticket-history',
    portal: 'admin',
    path: staffPath('tickets', 'tickets?status=resolved&', 'number', '?tab=history'),
  },
  { name: 'services', portal: 'admin', path: '/services' },
  { name: 'new-service', portal: 'admin', path: '/services/new' },
  { name: 'service', portal: 'admin', path: staffPath('services', 'services?status=active&', 'id') },
  { name: 'categories', portal: 'admin', path: '/categories' },
  { name: 'articles', portal: 'admin', path: '/knowledge-base' },
  { name: 'new-article', portal: 'admin', path: '/knowledge-base/new' },
  {
    name: 'article',
    portal: 'admin',
    path: staffPath('knowledge-base', 'knowledge-base?status=published&', 'id'),
  },
  { name: 'missing-articles', portal: 'admin', path: missingPath },
  {
    name: 'article-from-ticket',
    portal: 'admin',
    path: async (api) =>
      `/knowledge-base/new?ticket=${await firstOf(api, ADMIN, '/api/admin/tickets?status=resolved&', 'number')}`,
  },
  { name: 'article-history', portal: 'admin', path: historyPath },
  { name: 'feedback', portal: 'admin', path: '/feedback?period=90d' },
  { name: 'feedback-ratings', portal: 'admin', path: '/feedback?view=ratings&period=90d&seen=false' },
  { name: 'feedback-resolutions', portal: 'admin', path: '/feedback?view=resolutions&period=90d' },
  { name: 'overview-30-days', portal: 'admin', path: '/portal?days=30' },
  { name: 'customers', portal: 'admin', path: '/customers' },
  {
    name: 'customer',
    portal: 'admin',
    path: async (api) => `/customers/${(await firstInsight(api)).id}`,
  },
  {
    name: 'tickets-waiting',
    portal: 'admin',
    path: '/tickets?waiting=true&sort=waiting_since',
  },
  { name: 'users', portal: 'admin', path: '/users' },
  { name: 'organizations', portal: 'admin', path: '/users?tab=organizations' },
  { name: 'organization', portal: 'admin', path: staffPath('users/organizations', 'organizations?', 'id') },
  { name: 'import', portal: 'admin', path: '/users/import' },
  { name: 'audit', portal: 'admin', path: '/users/audit' },
  { name: 'new-user', portal: 'admin', path: '/users/new' },
  { name: 'settings', portal: 'admin', path: '/settings' },
  { name: 'api-keys-none', portal: 'admin', path: '/integrations/keys' },
  { name: 'api-keys', portal: 'admin', path: keysPath },
  { name: 'webhooks-none', portal: 'admin', path: '/integrations/webhooks' },
  { name: 'webhook', portal: 'admin', path: webhookPath },
  { name: 'webhooks', portal: 'admin', path: '/integrations/webhooks' },
  { name: 'password-requests', portal: 'admin', path: '/users/password-requests' },
  { name: 'profile', portal: 'admin', path: '/profile' },
  { name: 'user', portal: 'admin', path: staffPath('users', 'users?role=customer&', 'id') },
]

/** An article with a change to look at, in its text and around it. */
async function historyPath(api: Api): Promise<string> {
  const id = await firstOf(api, ADMIN, '/api/admin/knowledge-base?status=published&', 'id')
  const path = `/api/admin/knowledge-base/${id}`
  const { body, version } = await api.call<{ body: string; version: number }>(ADMIN, 'GET', path)
  const changes = { summary: 'Seen in another light.', body: `${body.replace('the', 'a')}\nA last word.\n` }
  await api.call(ADMIN, 'PATCH', path, { ...changes, note: 'A clearer beginning' }, version)
  return `/knowledge-base/${id}/history`
}

/** A webhook whose receiver is not there, after its test failed. */
async function webhookPath(api: Api): Promise<string> {
  const path = '/api/admin/webhooks'
  const body = {
    url: 'http://127.0.0.1:9/hook',
    description: 'Chat of the support team',
    event_types: ['ticket.created'],
  }
  const { id } = await api.call<{ id: string }>(ADMIN, 'POST', path, body)
  await api.call(ADMIN, 'POST', `${path}/${id}/rotate-secret`, {})
  const test = await api.call<{ id: string }>(ADMIN, 'POST', `${path}/${id}/test`, {})
  await expect
    .poll(async () => {
      const seen = await api.call<{ status: string }>(ADMIN, 'GET', `${path}/${id}/deliveries/${test.id}`)
      return seen.status
    })
    .toBe('failed')
  return `/integrations/webhooks/${id}`
}

/** The customer with most tickets. */
async function firstInsight(api: Api): Promise<{ id: string }> {
  const path = '/api/admin/customer-insights?sort=-tickets.total&limit=1'
  const { items } = await api.call<{ items: { customer: { id: string } }[] }>(ADMIN, 'GET', path)
  const [row] = items
  if (!row) throw new Error('no customer has figures')
  return row.customer
}

/** Searches without an answer. */
async function missingPath(api: Api): Promise<string> {
  for (const q of ['guest wifi', 'standing desk', 'guest wifi', 'parking permit for visitors']) {
    await api.call(ANA, 'POST', '/api/customer/empty-searches', { q })
  }
  return '/knowledge-base/missing'
}

/** Keys in different states. */
async function keysPath(api: Api): Promise<string> {
  const path = '/api/admin/api-keys'
  const make = (name: string, scopes: string[], more: object = {}) =>
    api.call<{ id: string }>(ADMIN, 'POST', path, { name, scopes, ...more })
  const { id } = await make('Telephone system', ['tickets:read', 'users:read', 'events:read'])
  await api.call(ADMIN, 'POST', `${path}/${id}/revoke`)
  const organization_id = await firstOf(api, ADMIN, '/api/admin/organizations?', 'id')
  await make('Report of the month', ['feedback:read'], {
    organization_id,
    expires_at: '2030-06-01T00:00:00Z',
  })
  await make('Billing', ['tickets:read', 'tickets:write', 'users:read', 'users:write', 'services:read'])
  return '/integrations/keys'
}

const newcomers = ['dashboard', 'tickets', 'rating']

async function serviceWithForm(api: Api): Promise<string> {
  const { items } = await api.call<{ items: { id: string; has_form: boolean }[] }>(
    ANA,
    'GET',
    '/api/customer/services?limit=100',
  )
  const service = items.find(({ has_form }) => has_form)
  if (!service) throw new Error('no service has a form')
  return service.id
}

/** One page a portal for all its screens: signing in once a screen would take the most time. */
const test = base.extend<object, { seats: Map<string, Page> }>({
  seats: [
    async ({}, provide) => {
      const seats = new Map<string, Page>()
      await provide(seats)
      for (const page of seats.values()) await page.context().close()
    },
    { scope: 'worker' },
  ],
})

for (const screen of signedOut) {
  test(`${screen.portal} ${screen.name}`, async ({ openBrowser, place }) => {
    const page = await (await openBrowser({ reducedMotion: 'reduce' })).newPage()
    await page.goto(place[screen.portal] + String(screen.path))
    await look(page, `${screen.portal}-${screen.name}`)
  })
}

for (const screen of signedIn) {
  test(`${screen.portal} ${screen.name}`, async ({ browser, seats, faults, place, api }) => {
    if (screen.name.endsWith('missing')) faults.allow(/status of 404/)
    const page =
      seats.get(screen.portal) ?? (await (await browser.newContext({ reducedMotion: 'reduce' })).newPage())
    faults.watch(page.context())
    if (!seats.has(screen.portal)) {
      seats.set(screen.portal, page)
      await signIn(page, place, screen.portal, screen.portal === 'customer' ? ANA : ADMIN)
    }
    const path = typeof screen.path === 'string' ? screen.path : await screen.path(api)
    await page.goto(place[screen.portal] + path)
    await look(page, `${screen.portal}-${screen.name}`)
  })
}

test('what a newcomer sees', async ({ openBrowser, place, api }) => {
  const email = await api.addCustomer(unique('Ida Newcomer'))
  const page = await (await openBrowser({ reducedMotion: 'reduce' })).newPage()
  await signIn(page, place, 'customer', email)
  for (const name of newcomers) {
    await page.goto(`${place.customer}/${name}`)
    await look(page, `customer-newcomer-${name}`)
  }
})

for (const { name, portal, open, faults: provoked } of states) {
  test(`${portal} ${name}`, async ({ openBrowser, place, api, faults }) => {
    if (provoked) faults.allow(provoked)
    const page = await (await openBrowser({ reducedMotion: 'reduce' })).newPage()
    await signIn(page, place, portal, portal === 'customer' ? ANA : ADMIN)
    await open(page, place[portal], api)
    await look(page, `${portal}-${name}`)
  })
}

/** Looks at the page in every width and scheme: nothing breaks a rule, nothing runs out of it. */
async function look(page: Page, name: string): Promise<void> {
  await expect(page.getByRole('heading', { level: 1 })).toHaveCount(1)
  await expect(page.getByRole('status', { name: 'Loading' })).toHaveCount(0)
  await expect(page.getByText('That did not work')).toHaveCount(0)
  for (const width of WIDTHS) {
    await showWhole(page, width)
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme })
      await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', colorScheme)
      await page.evaluate(endTransitions)
      if (PICTURES) await takePicture(page, join(PICTURES, `${name}-${width}-${colorScheme}.png`))
      // Colours are the same in every width: in the dark they are looked at once.
      if (colorScheme === 'light' || width === 1280) {
        await expectAccessible(page, `${name} at ${width}, ${colorScheme}`, colorScheme)
      }
    }
  }
  for (const width of [390, 320]) {
    await showWhole(page, width)
    const [needed, room] = await page.evaluate(() => {
      const { scrollWidth, clientWidth } = document.documentElement
      return [scrollWidth, clientWidth]
    })
    const wide = await page.evaluate(beyondTheEdge)
    expect
      .soft(needed, `${name} scrolls sideways at ${width}: ${wide.join(', ')}`)
      .toBeLessThanOrEqual(room ?? 0)
  }
}

/** Colours change by a transition: before its end a page is half light, half dark. */
function endTransitions(): void {
  for (const animation of document.getAnimations()) {
    if (animation instanceof CSSTransition) animation.finish()
  }
}

async function takePicture(page: Page, path: string): Promise<void> {
  // A picture is no promise of the page: a busy machine may take its time over it.
  await page.screenshot({ path, animations: 'disabled', timeout: 30_000 })
}

/** What reaches over the right edge of the window, for the message of a failure. */
function beyondTheEdge(): string[] {
  const edge = document.documentElement.clientWidth
  return (
    [...document.querySelectorAll('main *')]
      .filter((element) => element.getBoundingClientRect().right > edge + 1)
      // What scrolls in a box of its own makes the page no wider.
      .filter((element) => {
        let box = element.parentElement
        while (box && getComputedStyle(box).overflowX === 'visible') box = box.parentElement
        return box === null || box === document.body || box === document.documentElement
      })
      .slice(0, 5)
      .map((element) => `<${element.tagName.toLowerCase()} class="${element.className}">`)
  )
}

/** A window as high as the page, so that no bar lies over what is looked at. */
async function showWhole(page: Page, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 800 })
  const height = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height })
}

/** All rules in the light; in the dark, where the same page only has other colours, theirs. */
async function expectAccessible(page: Page, what: string, scheme: 'light' | 'dark'): Promise<void> {
  // The page has no frames, so it needs no second one to put the results together.
  const axe = new AxeBuilder({ page }).setLegacyMode()
  const { violations } = await (
    scheme === 'light' ? axe.withTags(RULES) : axe.withRules(['color-contrast'])
  ).analyze()
  const found = violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} at ${target.join(' ')}: ${failureSummary ?? ''}`),
  )
  expect.soft(found, what).toEqual([])
}

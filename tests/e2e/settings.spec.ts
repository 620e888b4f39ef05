import type { Page } from '@playwright/test'
import { ADMIN, AGENT, ANA, type Api } from './kit/api.ts'
import { goTo, signIn } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

const PATH = '/api/admin/settings'
const LOGO =
  'iVBORw0KGgoAAAANSUhEUgAAAEAAAAAQCAYAAACm53kpAAAAL0lEQVR42u3QwQAAAAgEsDhCSyb0Ark9JrDqnUtWAgQIECBAgAABAgQIECBAQJ4H5VTIai2lU0sAAAAASUVORK5CYII='

interface Settings {
  version: number
}

const read = (api: Api) => api.call<Settings>(ADMIN, 'GET', PATH)

async function change(api: Api, changes: object): Promise<void> {
  const { version } = await read(api)
  await api.call(ADMIN, 'PATCH', PATH, changes, version)
}

const asItComes = {
  brand_name: null,
  accent_colour: null,
  registration_open: true,
  auto_close_days: 4,
  rating_window_days: 28,
}

test.afterEach(async ({ api }) => {
  await change(api, asItComes)
  const { version } = await read(api)
  await api.call(ADMIN, 'DELETE', `${PATH}/logo`, undefined, version)
})

async function openSettings(
  page: Page,
  place: { admin: string; customer: string; api: string; log: string },
) {
  await signIn(page, place, 'admin', ADMIN)
  await goTo(page, 'Settings')
}

const save = (page: Page) => page.getByRole('button', { name: 'Save', exact: true }).click()
const fillOf = (page: Page) =>
  page.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--bsm-accent-fill').trim())

test('the name and the colour are everywhere at once, without a reload', async ({
  openSeat,
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/api\/branding/)
  const admin = await openSeat()
  const customer = await (await openBrowser()).newPage()
  const stranger = await (await openBrowser()).newPage()
  await openSettings(admin, place)
  await signIn(customer, place, 'customer', ANA)
  await expect(customer).toHaveTitle(/ · Help Center$/)

  await admin.getByLabel('Name of the desk').fill('Nordwind')
  await admin.getByLabel('Colour', { exact: true }).fill('#ffd400')
  await expect(admin.getByText(/Text on it is dark/)).toBeVisible()
  // Nothing has changed before it is saved; the preview shows it.
  await expect(admin.getByRole('banner')).not.toContainText('Nordwind')
  await expect(admin.getByRole('figure').first()).toContainText('Nordwind')
  await save(admin)

  await soon(customer.getByRole('banner').getByText('Nordwind')).toBeVisible()
  await expect(customer).toHaveTitle(/ · Nordwind Help Center$/)
  await expect.poll(() => fillOf(customer)).toBe('#ffd400')
  await expect(admin.getByRole('banner')).toContainText('Nordwind')
  await expect(admin).toHaveTitle('Settings · Nordwind Service Desk')

  // Before the sign-in, too, and from the first moment of the next visit.
  await stranger.goto(`${place.customer}/sign-in`)
  await expect(stranger.getByText('Nordwind')).toBeVisible()
  await stranger.route('**/api/branding', (route) => route.abort())
  await stranger.reload({ waitUntil: 'domcontentloaded' })
  await expect(stranger.getByText('Nordwind')).toBeVisible()
  const button = stranger.getByRole('button', { name: 'Sign in' })
  await expect(button).toHaveCSS('background-color', 'rgb(255, 212, 0)')
  await expect(button).toHaveCSS('color', 'rgb(20, 32, 42)')

  await change(api, asItComes)
  await soon(customer.getByRole('banner').getByText('Nordwind')).toHaveCount(0)
  await expect(customer).toHaveTitle(/ · Help Center$/)
})

test('a logo is shown to customers at once; what is no picture is refused', async ({
  openSeat,
  openBrowser,
  place,
}) => {
  const admin = await openSeat()
  const customer = await (await openBrowser()).newPage()
  await openSettings(admin, place)
  await signIn(customer, place, 'customer', ANA)
  const file = admin.getByLabel('A picture for the logo')
  const svg = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>')
  await file.setInputFiles({ name: 'logo.svg', mimeType: 'image/svg+xml', buffer: svg })
  await expect(admin.getByText(/Choose a PNG, JPEG or WebP/)).toBeVisible()

  await file.setInputFiles({ name: 'logo.png', mimeType: 'image/png', buffer: Buffer.from(LOGO, 'base64') })
  await expect(admin.getByAltText('The present logo')).toBeVisible()
  const logo = customer.getByRole('banner').locator('img')
  await soon(logo).toBeVisible()
  await expect.poll(() => logo.evaluate((img) => (img as HTMLImageElement).naturalWidth)).toBe(64)

  await admin.getByRole('button', { name: 'Remove' }).click()
  await soon(logo).toHaveCount(0)
})

test('a desk that is closed to strangers says so', async ({ openSeat, openBrowser, place }) => {
  const admin = await openSeat()
  const stranger = await (await openBrowser()).newPage()
  await openSettings(admin, place)
  await admin.getByLabel('People may make themselves an account').uncheck({ force: true })
  await save(admin)
  await expect(admin.getByText('The settings are saved.')).toBeVisible()
  await stranger.goto(`${place.customer}/sign-in`)
  await expect(stranger.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await expect(stranger.getByRole('link', { name: 'Create one' })).toHaveCount(0)
  await stranger.goto(`${place.customer}/register`)
  await expect(stranger.getByText('Accounts are made by the service desk.')).toBeVisible()
  await expect(stranger.getByLabel('Your name')).toHaveCount(0)
})

test('two admins: other fields merge, the same field asks', async ({ openSeat, place, api, faults }) => {
  faults.allow(/status of 412/)
  const admin = await openSeat()
  await openSettings(admin, place)
  await admin.getByLabel('Name of the desk').fill('Mine')
  await change(api, { auto_close_days: 9 })
  await soon(admin.getByText(/newer version|somebody/i).first()).toBeVisible()
  await save(admin)
  await expect(admin.getByText('The settings are saved.')).toBeVisible()
  await expect(admin.getByLabel('Days without a word')).toHaveValue('9')

  await admin.getByLabel('Name of the desk').fill('Mine again')
  await change(api, { brand_name: 'Theirs' })
  await save(admin)
  const dialog = admin.getByRole('dialog')
  await expect(dialog).toContainText('Theirs')
  await dialog.getByRole('button', { name: 'Use mine' }).click()
  await soon(admin.getByRole('banner').getByText('Mine again')).toBeVisible()
})

test('agents are told that settings are for administrators', async ({ openSeat, place }) => {
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await expect(page.getByRole('link', { name: 'Settings' })).toHaveCount(0)
  await page.goto(`${place.admin}/settings`)
  await expect(page.getByRole('heading', { name: 'For administrators' })).toBeVisible()
})

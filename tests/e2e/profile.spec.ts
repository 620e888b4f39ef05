import type { Page } from '@playwright/test'
import { ADMIN, PASSWORD } from './kit/api.ts'
import { fillSignIn, goTo, signIn, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

async function openProfile(page: Page): Promise<void> {
  await page.getByRole('button', { name: /^Account of/ }).click()
  await page.getByRole('menuitem', { name: 'Your profile' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Your profile' })).toBeVisible()
}

const zoneField = (page: Page) => page.getByLabel('Time zone').and(page.locator('input'))
const scheme = (page: Page) => page.locator('html').getAttribute('data-mantine-color-scheme')

test('name, time zone and theme follow the account to another device', async ({
  openBrowser,
  place,
  api,
}) => {
  const email = await api.addCustomer('Iris Bell')
  const [one, other] = [
    await (await openBrowser()).newPage(),
    await (await openBrowser({ colorScheme: 'light' })).newPage(),
  ]
  await signIn(one, place, 'customer', email)
  await signIn(other, place, 'customer', email)
  await openProfile(one)
  const name = unique('Iris Marlow')
  await one.getByLabel('Your name').fill(name)
  await zoneField(one).click()
  await zoneField(one).fill('Tokyo')
  await one.getByRole('option', { name: 'Asia/Tokyo' }).click()
  await one.getByRole('button', { name: 'Save', exact: true }).click()
  await soon(other.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
  await one.getByRole('radio', { name: 'Dark' }).check()
  await expect.poll(() => scheme(other)).toBe('dark')
  await one.reload()
  await expect(zoneField(one)).toHaveValue('Asia/Tokyo')
  await expect.poll(() => scheme(one)).toBe('dark')
})

test('another password: this device stays, the other is at the sign-in page, its text kept', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of (401|422)/)
  const email = await api.addCustomer('Tom Reed')
  const [one, other] = [await (await openBrowser()).newPage(), await (await openBrowser()).newPage()]
  await signIn(one, place, 'customer', email)
  await signIn(other, place, 'customer', email)
  await other.goto(`${place.customer}/tickets/new`)
  await other.getByLabel('Subject').fill('Half a question')

  await openProfile(one)
  await one.getByLabel('Present password').fill('not the password')
  await one.getByLabel('New password').fill('a quite new password')
  await one.getByRole('button', { name: 'Change the password' }).click()
  await expect(one.getByText('This is not your present password.')).toBeVisible()
  await one.getByLabel('Present password').fill(PASSWORD)
  await one.getByRole('button', { name: 'Change the password' }).click()
  await expect(one.getByText('Your password is changed.')).toBeVisible()

  await expect(other.getByText('Your session has ended')).toBeVisible({ timeout: 6_000 })
  await fillSignIn(other, email, 'a quite new password')
  await expect(other.getByLabel('Subject')).toHaveValue('Half a question')
})

test('one sign-in is ended from another, then all', async ({ openBrowser, place, api, faults }) => {
  faults.allow(/status of 401/)
  const email = await api.addCustomer('Eva Stone')
  const [one, other] = [await (await openBrowser()).newPage(), await (await openBrowser()).newPage()]
  await signIn(other, place, 'customer', email)
  await signIn(one, place, 'customer', email)
  await openProfile(one)
  const list = one.getByRole('region', { name: 'Where you are signed in' })
  await expect(list.getByText('This one')).toHaveCount(1)
  await expect(list.getByText('Chrome on Linux')).toHaveCount(2)
  await list.getByRole('button', { name: /^Sign out of/ }).click()
  await expect(list.getByText('Chrome on Linux')).toHaveCount(1)
  await expect(other.getByText('Your session has ended')).toBeVisible({ timeout: 6_000 })

  await fillSignIn(other, email)
  await goTo(other, 'Services')
  await list.getByRole('button', { name: 'Sign out everywhere' }).click()
  await one.getByRole('dialog').getByRole('button', { name: 'Sign out everywhere' }).click()
  await expect(one.getByText('You are signed out.')).toBeVisible()
  await expect(other.getByText('Your session has ended')).toBeVisible({ timeout: 6_000 })
})

test('whoever forgot their password gets a link from an admin', async ({
  openBrowser,
  openSeat,
  place,
  api,
}) => {
  const name = unique('Max Lund')
  const email = await api.addCustomer(name)
  const admin = await openSeat()
  const stranger = await (await openBrowser()).newPage()
  await signIn(admin, place, 'admin', ADMIN)
  await stranger.goto(`${place.customer}/sign-in`)
  await stranger.getByRole('link', { name: 'Forgot your password?' }).click()
  await stranger.getByLabel('E-mail address').fill(email)
  await stranger.getByRole('button', { name: 'Ask for a new password' }).click()
  await expect(stranger.getByText('The service desk knows')).toBeVisible()

  await soon(admin.getByText('Somebody forgot their password.')).toBeVisible()
  await admin.getByRole('button', { name: 'See who' }).click()
  await admin.getByRole('button', { name: `Make a link for ${name}` }).click()
  const link = await admin.getByRole('dialog').getByRole('textbox').inputValue()
  await admin.getByRole('button', { name: 'Done' }).click()
  await expect(admin.getByRole('button', { name: `Make a link for ${name}` })).toHaveCount(0)

  await stranger.goto(link.replace(/^https?:\/\/[^/]+\/customer/, place.customer))
  await stranger.getByLabel('New password').fill('a quite new password')
  await stranger.getByRole('button', { name: 'Set your password' }).click()
  await fillSignIn(stranger, email, 'a quite new password')
  await expect(stranger.getByRole('button', { name: `Account of ${name}` })).toBeVisible()
})

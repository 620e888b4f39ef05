import { ADMIN, AGENT, type Api } from './kit/api.ts'
import { goTo, signIn, unique } from './kit/pages.ts'
import { expect, soon, test } from './kit/test.ts'

/** A customer of this test alone, with one ticket. */
async function newcomer(api: Api, name: string) {
  const email = await api.addCustomer(name)
  const ticket = await api.openTicket(email, unique('Where is it'))
  return { email, ticket }
}

test('customers are found, ordered by a figure, and each count leads to what it counts', async ({
  openSeat,
  place,
  api,
}) => {
  const name = unique('Ida Insight')
  const { ticket } = await newcomer(api, name)
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await goTo(page, 'Customers')
  const table = page.getByRole('table', { name: 'Customers' })
  await page.getByRole('searchbox', { name: 'Search by name or e-mail address' }).fill(name)
  const row = table.getByRole('row').filter({ hasText: name })
  await expect(table.getByRole('row')).toHaveCount(2)
  await expect(row.getByRole('link', { name: '1 New' })).toBeVisible()

  await table.getByRole('button', { name: 'Tickets' }).click()
  await expect(page).toHaveURL(/sort=-tickets\.total/)
  await expect(table.getByRole('columnheader', { name: 'Tickets', exact: true })).toHaveAttribute(
    'aria-sort',
    'descending',
  )

  await row.getByRole('link', { name: '1 New' }).click()
  await expect(page.getByText('1 ticket', { exact: true })).toBeVisible()
  await expect(page.getByRole('table', { name: 'Tickets' })).toContainText(ticket.number)
})

test("a customer's figures move while one looks", async ({ openSeat, place, api }) => {
  const name = unique('Leo Live')
  const { email, ticket } = await newcomer(api, name)
  const page = await openSeat()
  await signIn(page, place, 'admin', ADMIN)
  await page.goto(`${place.admin}/tickets/${ticket.number}`)
  await page.getByRole('link', { name: 'How they fare' }).click()
  await expect(page.getByRole('heading', { level: 1, name })).toBeVisible()
  const activity = page.getByRole('list', { name: 'Activity' })
  await expect(activity.getByRole('listitem')).toHaveCount(1)

  await api.say(ticket.number, 'Here it is.', 'public')
  await soon(activity.getByRole('listitem').first()).toContainText('set to “Open”')
  await api.patchTicket(ticket.number, { status: 'resolved' })
  await soon(page.getByRole('link', { name: '1 Resolved' })).toBeVisible()
  await api.call(email, 'PUT', `/api/customer/tickets/${ticket.number}/rating`, { score: 4 })
  await soon(page.getByRole('link', { name: '1 rating (few)' })).toBeVisible()
  await soon(activity.getByRole('listitem').first()).toContainText('rated 4 of 5')

  await page.getByRole('link', { name: '1 rating (few)' }).click()
  await expect(page.getByRole('table', { name: 'Feedback' })).toContainText(ticket.number)
})

test('the overview says who waits, and follows what happens', async ({ openSeat, place, api }) => {
  const { ticket } = await newcomer(api, unique('Wanda Waits'))
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  const now = page.getByRole('region', { name: 'Needs somebody now' })
  const waiting = now.getByRole('link', { name: /^Waiting for our answer/ })
  const count = async () => Number((await waiting.locator('b').textContent())?.replace(/\D/g, ''))
  await expect(waiting).toBeVisible()
  const before = await count()
  expect(before).toBeGreaterThan(0)

  await api.say(ticket.number, 'We look into it.', 'public')
  await expect.poll(count, { timeout: 2_000 }).toBe(before - 1)

  await waiting.click()
  await expect(page.getByText(new RegExp(`^${before - 1} tickets?$`))).toBeVisible()
  await page.goBack()

  const today = page.getByRole('region', { name: 'Today' })
  const opened = today.getByRole('link', { name: /^Opened/ })
  const number = (await opened.locator('b').textContent())?.trim() ?? ''
  await opened.click()
  await expect(page.getByText(new RegExp(`^${number} tickets?$`))).toBeVisible()
  await page.goBack()

  const volume = page.getByRole('region', { name: 'Opened and resolved' })
  await volume.getByRole('button', { name: 'Last 30 days' }).click()
  await expect(volume.getByRole('list', { name: 'Opened and resolved' }).getByRole('link')).toHaveCount(60)
  await volume.getByRole('button', { name: 'Show “Opened and resolved” as a table' }).click()
  await expect(volume.getByRole('row')).toHaveCount(31)
})

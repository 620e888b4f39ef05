import type { Locator, Page } from '@playwright/test'
import { ADMIN, AGENT, ANA } from './kit/api.ts'
import * as customer from './kit/customer.ts'
import { goTo, signIn, unique } from './kit/pages.ts'
import * as staff from './kit/staff.ts'
import { expect, soon, test } from './kit/test.ts'

const queued = (page: Page, number: string): Locator =>
  page.getByRole('list', { name: 'Low scores to look at' }).getByRole('listitem').filter({ hasText: number })

async function rows(page: Page, table: string): Promise<number> {
  return (await page.getByRole('table', { name: table }).getByRole('row').count()) - 1
}

test('a low score moves the figures live, waits in the queue, and is seen by somebody', async ({
  openBrowser,
  place,
  api,
}) => {
  const subject = unique('The lamp that flickers')
  const { number } = await api.openTicket(ANA, subject)
  const seat = async (email: string) => {
    const page = await (await openBrowser()).newPage()
    await signIn(page, place, email === ANA ? 'customer' : 'admin', email)
    return page
  }
  const [ana, agent, other] = [await seat(ANA), await seat(AGENT), await seat(ADMIN)]
  for (const page of [agent, other]) {
    await page.goto(`${place.admin}/feedback?period=today`)
    await expect(staff.tile(page, 'Resolutions')).toBeVisible()
  }
  const count = (name: string) => staff.figure(agent, name)
  const [resolutions, waiting] = [await count('Resolutions'), await count('To look at')]

  await api.patchTicket(number, { status: 'resolved' })
  await expect.poll(() => count('Resolutions'), { timeout: 2_000 }).toBe(resolutions + 1)

  await goTo(ana, 'Rating')
  const card = customer.ratingCard(ana, subject)
  await card.getByRole('radio', { name: /^5 of 5/ }).check()
  await expect(card.getByRole('checkbox', { name: 'Fast' })).toBeVisible()
  await card.getByRole('radio', { name: /^2 of 5/ }).check()
  await expect(card.getByRole('checkbox', { name: 'Fast' })).toBeHidden()
  await card.getByText('Not really solved').click()
  await card.getByRole('button', { name: 'Send the rating' }).click()

  for (const page of [agent, other]) await soon(queued(page, number)).toContainText('Not solved')
  await expect.poll(() => count('To look at'), { timeout: 2_000 }).toBe(waiting + 1)
  await queued(agent, number)
    .getByRole('button', { name: `Mark as seen: the rating of ${number}` })
    .click()
  for (const page of [agent, other]) await soon(queued(page, number)).toBeHidden()
  await expect(staff.feedbackRow(other, number)).toContainText('Seen')

  await agent.getByRole('button', { name: 'Undo', exact: true }).first().click()
  for (const page of [agent, other]) await soon(queued(page, number)).toBeVisible()
})

test('every figure leads to the list it was counted from, and back', async ({ openBrowser, place }) => {
  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/feedback?period=12m`)
  const resolutions = staff.tile(page, 'Resolutions')
  const many = Number(/\d+/.exec((await resolutions.textContent()) ?? '')?.[0])
  await resolutions.click()
  await expect(page.getByRole('tab', { name: 'Resolutions' })).toHaveAttribute('aria-selected', 'true')
  await expect.poll(() => rows(page, 'Resolutions')).toBe(many)
  await page.goBack()

  const worst = page.getByRole('list', { name: 'Scores', exact: true }).getByRole('link').last()
  const few = Number(/\d+/.exec((await worst.textContent()) ?? '')?.[0])
  expect(few).toBeGreaterThan(0)
  await worst.click()
  await expect.poll(() => rows(page, 'Feedback')).toBe(few)
  await page.goBack()

  const agents = page.getByRole('table', { name: 'By agent' })
  const first = agents.getByRole('row').nth(1).getByRole('link').first()
  const theirs = Number(await first.textContent())
  await first.click()
  await expect.poll(() => rows(page, 'Feedback')).toBe(theirs)
})

test('by keyboard alone: the table behind a chart, a bar and its ratings, own dates', async ({
  openBrowser,
  place,
}) => {
  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', AGENT)
  await page.goto(`${place.admin}/feedback?period=90d`)
  const bars = page.getByRole('list', { name: 'Ratings over time' }).getByRole('link')
  await bars.first().focus()
  await page.keyboard.press('End')
  await expect(bars.last()).toBeFocused()
  await page.keyboard.press('ArrowLeft')
  await expect(bars.nth(-2)).toBeFocused()

  await page.getByRole('button', { name: 'Show “Ratings over time” as a table' }).focus()
  await page.keyboard.press('Enter')
  const table = page.getByRole('table', { name: 'Ratings over time' })
  await expect(table.getByRole('columnheader', { name: 'Satisfied' })).toBeVisible()
  expect(await table.getByRole('row').count()).toBeGreaterThan(10)

  await page.getByRole('combobox', { name: 'Period' }).click()
  await page.getByRole('option', { name: 'Own dates' }).click()
  await page.getByLabel('From').fill('2020-01-01')
  await page.getByLabel('to', { exact: true }).fill('2020-01-31')
  await expect(page).toHaveURL(/from=2020-01-01&to=2020-01-31/)
  await expect(staff.tile(page, 'Satisfied')).toContainText('–')
})

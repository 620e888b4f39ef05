import { readFile } from 'node:fs/promises'
import type { Page, Request, Route } from '@playwright/test'
import { ADMIN, AGENT, ANA } from './kit/api.ts'
import { goTo, signIn, unique } from './kit/pages.ts'
import { expect, test } from './kit/test.ts'

const isExport = (request: Request) => request.headers()['accept'] === 'text/csv'
const button = (page: Page) => page.getByRole('button', { name: 'Export', exact: true })

/** Presses the button, and answers the name and the lines of what is saved. */
async function exported(page: Page): Promise<{ name: string; lines: string[] }> {
  const saving = page.waitForEvent('download')
  await button(page).click()
  const download = await saving
  const text = await readFile(await download.path(), 'utf8')
  await expect(page.getByText(`${download.suggestedFilename()} is saved.`)).toBeVisible()
  // With a byte order mark spreadsheets read it as UTF-8.
  expect(text.startsWith('\u{feff}')).toBe(true)
  return { name: download.suggestedFilename(), lines: text.slice(1).trimEnd().split('\r\n') }
}

/** Holds or fails the next file that is asked for. */
async function disturb(page: Page, act: (route: Route) => Promise<void>): Promise<void> {
  await page.route('**/api/admin/**', (route) => (isExport(route.request()) ? act(route) : route.fallback()))
}

test('what a list shows is saved as a file, filtered as it is', async ({ openSeat, place, api }) => {
  const subject = unique('=Export')
  await api.openTicket(ANA, subject)
  const page = await openSeat()
  const asked: Request[] = []
  page.on('request', (request) => {
    if (isExport(request)) asked.push(request)
  })
  await signIn(page, place, 'admin', ADMIN)
  const today = new Date().toISOString().slice(0, 10)

  await page.goto(`${place.admin}/tickets?q=${encodeURIComponent(subject)}`)
  await expect(page.getByText('1 ticket', { exact: true })).toBeVisible()
  const tickets = await exported(page)
  expect(tickets.name).toBe(`tickets-${today}.csv`)
  expect(tickets.lines).toHaveLength(2)
  expect(tickets.lines[0]).toMatch(/^number,id,subject,/)
  expect(tickets.lines[1]).toContain(`,'${subject},`)

  await goTo(page, 'Customers')
  const customers = await exported(page)
  expect(customers.name).toBe(`customer-insights-${today}.csv`)
  expect(customers.lines.join()).toContain('ana@acme.example')

  await page.goto(`${place.admin}/users?role=agent&q=agent`)
  await expect(page.getByRole('table', { name: 'People' })).toBeVisible()
  const users = await exported(page)
  expect(users.name).toBe(`users-${today}.csv`)
  expect(users.lines.join()).toContain('agent@demo.example')
  expect(users.lines.join()).not.toContain('ana@acme.example')

  await page.goto(`${place.admin}/feedback?period=all`)
  await expect(button(page)).toHaveCount(0)
  await page.goto(`${place.admin}/feedback?view=ratings&period=all&score=5`)
  const feedback = await exported(page)
  expect(feedback.name).toBe(`feedback-${today}.csv`)
  expect(feedback.lines.length).toBeGreaterThan(1)
  for (const line of feedback.lines.slice(1)) expect(line.split(',')[1]).toBe('5')

  // Who asks stands in a header, never in an address.
  expect(asked).toHaveLength(4)
  for (const request of asked) {
    expect(request.url()).not.toMatch(/token|eyJ/)
    expect(request.headers()['authorization']).toMatch(/^Bearer /)
  }
})

test('an export is stopped, fails in words, and works again', async ({ openSeat, place, faults }) => {
  const page = await openSeat()
  await signIn(page, place, 'admin', AGENT)
  await goTo(page, 'Tickets')
  let saved = 0
  page.on('download', () => (saved += 1))

  await disturb(page, () => new Promise(() => {}))
  await button(page).click()
  await expect(page.getByRole('status').filter({ hasText: 'Exporting' })).toBeVisible()
  await page.getByRole('button', { name: 'Stop the export' }).click()
  await expect(page.getByText('The export was stopped. Nothing was saved.')).toBeVisible()
  await expect(button(page)).toBeVisible()

  await button(page).click()
  await goTo(page, 'Feedback')
  await expect(page.getByText('The export was stopped as you left the page.')).toBeVisible()
  await page.unrouteAll({ behavior: 'ignoreErrors' })

  faults.allow(/net::ERR_/)
  await goTo(page, 'Tickets')
  await disturb(page, (route) => route.abort('connectionreset'))
  await button(page).click()
  const alert = page.getByRole('alert').filter({ hasText: 'The export broke off' })
  await expect(alert).toBeVisible()
  expect(saved).toBe(0)

  await page.unrouteAll({ behavior: 'ignoreErrors' })
  const { lines } = await exported(page)
  expect(lines.length).toBeGreaterThan(20)
})

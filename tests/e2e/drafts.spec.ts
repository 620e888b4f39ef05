import type { Page, Route } from '@playwright/test'
import { AGENT, ANA } from './kit/api.ts'
import { fillSignIn, liveSign, signIn, unique } from './kit/pages.ts'
import { expect, test } from './kit/test.ts'

interface Draft {
  reply: string
  note: string
}

const composer = (page: Page) => page.getByRole('form', { name: 'Public reply' })
const text = (page: Page) => composer(page).getByRole('textbox')
const saved = (page: Page) => composer(page).getByText('Draft saved')

async function openAt(page: Page, address: string): Promise<void> {
  await page.goto(address)
  await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
}

test('a reply that was begun is on the next device, and gone from all when it is sent', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 412/)
  const { number } = await api.openTicket(ANA, unique('Two devices'))
  const address = `${place.admin}/tickets/${number}`
  const desk = await (await openBrowser()).newPage()
  await signIn(desk, place, 'admin', AGENT)
  await openAt(desk, address)
  await text(desk).fill('Dear Ana, I look into')
  await expect(saved(desk)).toBeVisible()

  const phone = await (await openBrowser({ viewport: { width: 390, height: 800 } })).newPage()
  await signIn(phone, place, 'admin', AGENT)
  await openAt(phone, address)
  await expect(text(phone)).toHaveValue('Dear Ana, I look into')
  await text(phone).fill('Dear Ana, I look into it today.')
  await expect(saved(phone)).toBeVisible()

  // Written here meanwhile: neither of both is lost.
  await text(desk).fill('Dear Ana, never mind')
  const other = desk.getByRole('region', { name: /You also wrote this reply/ })
  await expect(other.getByText('Dear Ana, I look into it today.')).toBeVisible()
  await expect(text(desk)).toHaveValue('Dear Ana, never mind')
  await other.getByRole('button', { name: 'Add it to the text' }).click()
  await expect(other).toBeHidden()
  await expect(saved(desk)).toBeVisible()

  await composer(desk).getByRole('button', { name: 'Send reply' }).click()
  await expect(text(desk)).toHaveValue('')
  const kept = await api.call<Draft>(AGENT, 'GET', `/api/admin/tickets/${number}/draft`)
  expect(kept).toMatchObject({ reply: '', note: '', version: 0 })
  await phone.reload()
  await expect(
    phone.getByRole('article').or(phone.getByRole('listitem')).getByText('never mind'),
  ).toBeVisible()
  await expect(text(phone)).toHaveValue('')
})

test('after a note one stays with notes, and goes to a reply only when one says so', async ({
  openBrowser,
  place,
  api,
}) => {
  const { number } = await api.openTicket(ANA, unique('A note first'))
  const desk = await (await openBrowser()).newPage()
  await signIn(desk, place, 'admin', AGENT)
  await openAt(desk, `${place.admin}/tickets/${number}`)
  await desk.getByRole('radio', { name: 'Internal note' }).check({ force: true })
  const note = desk.getByRole('form', { name: 'Internal note' })
  await note.getByRole('textbox').fill('The server was restarted.')
  // The draft is on the server before the note is sent: the answers of both come to one composer.
  await expect(note.getByText('Draft saved')).toBeVisible()
  const emptied = desk.waitForResponse(
    (answer) => answer.url().endsWith('/draft') && answer.request().method() === 'GET',
  )
  await note.getByRole('button', { name: 'Save note' }).click()
  await (await emptied).finished()
  await expect(note.getByRole('textbox')).toHaveValue('')
  await expect(note.getByText('Draft saved')).toBeHidden()
  await desk.getByRole('radio', { name: 'Public reply' }).check({ force: true })
  await text(desk).fill('At which address?')
  await expect(saved(desk)).toBeVisible()
  await composer(desk).getByRole('button', { name: 'Send reply' }).click()
  await expect(desk.getByRole('list', { name: 'Conversation' })).toContainText('At which address?')
})

test('a reply survives a minute offline, a closed tab and the end of the session', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED)|40[13]/)
  const { number } = await api.openTicket(ANA, unique('On the train'))
  const address = `${place.admin}/tickets/${number}`
  const browser = await openBrowser()
  const page = await browser.newPage()
  await signIn(page, place, 'admin', AGENT)
  await openAt(page, address)
  await browser.setOffline(true)
  await text(page).fill('Written in a tunnel')
  await expect(composer(page).getByText(/kept in this browser/)).toBeVisible()
  await browser.setOffline(false)
  await expect(saved(page)).toBeVisible()

  // Closed before the pause after which a draft is saved.
  await text(page).fill('Written in a tunnel, in haste')
  await page.close({ runBeforeUnload: true })
  const next = await browser.newPage()
  await openAt(next, address)
  await expect(text(next)).toHaveValue('Written in a tunnel, in haste')

  // The session ends while something is typed: signing in leads back to it.
  await browser.clearCookies()
  await next.route('**/api/admin/**', (route) =>
    route.fulfill({
      status: 401,
      contentType: 'application/problem+json',
      body: JSON.stringify({ type: 'x', title: 'x', status: 401, detail: 'x', code: 'unauthenticated' }),
    }),
  )
  await text(next).fill('Written in a tunnel, in haste, and kept')
  await expect(next.getByRole('button', { name: 'Sign in' })).toBeVisible()
  await next.unroute('**/api/admin/**')
  await fillSignIn(next, AGENT)
  await expect(text(next)).toHaveValue('Written in a tunnel, in haste, and kept')
  await expect(liveSign(next, 'Live')).toBeVisible()
})

/** Lets the server do a call, and the browser never hear of it. */
async function loseAnswers(page: Page, pattern: string): Promise<() => Promise<void>> {
  const lose = async (route: Route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    await route.fetch()
    await route.abort('connectionreset')
  }
  await page.route(pattern, lose)
  return () => page.unroute(pattern, lose)
}

test('what is sent again after a lost answer is there once, also after a reload', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/net::ERR_CONNECTION_RESET|422/)
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/new`)
  const subject = unique('A lamp')
  await page.getByLabel('Subject').fill(subject)
  await page.getByLabel('Description').fill('It is dark.')
  let hear = await loseAnswers(page, '**/api/customer/tickets')
  const sendIt = page.getByRole('button', { name: 'Send' })
  await sendIt.click()
  await expect(page.getByText('could not be reached').first()).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Subject')).toHaveValue(subject)
  await hear()
  await sendIt.click()
  await expect(page.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  const q = encodeURIComponent(subject)
  const found = await api.call<{ items: { number: string }[] }>(ANA, 'GET', `/api/customer/tickets?q=${q}`)
  expect(found.items).toHaveLength(1)

  // Edited after the first version had arrived unheard: it is said, and nothing is doubled unseen.
  hear = await loseAnswers(page, '**/messages')
  await page.getByLabel('Your reply').fill('Still dark.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText('could not be reached').first()).toBeVisible()
  await hear()
  await page.getByLabel('Your reply').fill('Still dark. The bulb is new.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByText(/What you sent first had arrived after all/)).toBeVisible()
  const messages = `/api/customer/tickets/${found.items[0]?.number}/messages`
  const before = await api.call<{ items: { body: string }[] }>(ANA, 'GET', messages)
  expect(before.items.map(({ body }) => body)).toEqual(['Still dark.'])
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByLabel('Your reply')).toHaveValue('')
  const after = await api.call<{ items: unknown[] }>(ANA, 'GET', messages)
  expect(after.items).toHaveLength(2)
})

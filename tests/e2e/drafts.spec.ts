import type { Page, Route } from '@playwright/test'
import { AGENT, ANA, type Api } from './kit/api.ts'
import { fillSignIn, liveSign, signIn, signOut, unique } from './kit/pages.ts'
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

/** How many tickets a customer has with these words. */
async function ticketsOf(api: Api, words: string): Promise<{ number: string; subject: string }[]> {
  const path = `/api/customer/tickets?q=${encodeURIComponent(words)}`
  const { items } = await api.call<{ items: { number: string; subject: string }[] }>(ANA, 'GET', path)
  return items
}
const unheard = (page: Page) => page.getByText('could not be reached').first()
const arrived = (page: Page) =>
  page.getByRole('alert').filter({ hasText: 'What you sent first had arrived after all' })

test('a ticket that is sent again after a lost answer is there once, also after a reload and a closed tab', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/net::ERR_CONNECTION_RESET/)
  const browser = await openBrowser()
  const page = await browser.newPage()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/new`)
  const subject = unique('A lamp')
  await page.getByLabel('Subject').fill(subject)
  await page.getByLabel('Description').fill('It is dark.')
  await loseAnswers(page, '**/api/customer/tickets')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(unheard(page)).toBeVisible()
  await page.reload()
  await expect(page.getByLabel('Subject')).toHaveValue(subject)
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(unheard(page)).toBeVisible()
  await page.close()

  const next = await browser.newPage()
  await next.goto(`${place.customer}/tickets/new`)
  await expect(next.getByLabel('Subject')).toHaveValue(subject)
  await next.getByRole('button', { name: 'Send' }).click()
  await expect(next.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  expect(await ticketsOf(api, subject)).toHaveLength(1)
  await next.goto(`${place.customer}/tickets/new`)
  await expect(next.getByLabel('Subject')).toHaveValue('')
})

test('a form that is opened anew is another call; one that was changed meanwhile leads to the first', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/net::ERR_CONNECTION_RESET|422/)
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/new`)
  const word = unique('lamp')
  const write = async (subject: string) => {
    await page.getByLabel('Subject').fill(subject)
    await page.getByLabel('Description').fill('It is dark.')
  }
  const sendIt = page.getByRole('button', { name: 'Send' })
  await write(`First ${word}`)
  let hear = await loseAnswers(page, '**/api/customer/tickets')
  await sendIt.click()
  await expect(unheard(page)).toBeVisible()
  await hear()
  // Thrown away: what is written now is nothing that was sent before.
  await page.reload()
  await page.getByRole('button', { name: 'Discard it' }).click()
  await write(`Second ${word}`)
  await sendIt.click()
  await expect(page.getByRole('heading', { level: 1, name: `Second ${word}` })).toBeVisible()
  expect((await ticketsOf(api, word)).map(({ subject }) => subject).toSorted()).toEqual([
    `First ${word}`,
    `Second ${word}`,
  ])

  // Changed after the first version had arrived unheard: that one is shown, and nothing is doubled unseen.
  await page.goto(`${place.customer}/tickets/new`)
  await write(`Third ${word}`)
  hear = await loseAnswers(page, '**/api/customer/tickets')
  await sendIt.click()
  await expect(unheard(page)).toBeVisible()
  await hear()
  await page.getByLabel('Subject').fill(`Third and better ${word}`)
  await sendIt.click()
  const third = (await ticketsOf(api, `Third ${word}`)).map(({ number }) => number)
  expect(third).toHaveLength(1)
  const link = arrived(page).getByRole('link', { name: `Open ${third[0]}` })
  await expect(link).toBeVisible()
  await link.click()
  await expect(page.getByRole('heading', { level: 1, name: `Third ${word}` })).toBeVisible()
  // What was typed is still there, for whoever wants it, too.
  await page.goto(`${place.customer}/tickets/new`)
  await expect(page.getByLabel('Subject')).toHaveValue(`Third and better ${word}`)
  await sendIt.click()
  await expect(page.getByRole('heading', { level: 1, name: `Third and better ${word}` })).toBeVisible()
  expect(await ticketsOf(api, word)).toHaveLength(4)
})

test('a reply that was changed after it had arrived unheard is not doubled unseen', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/net::ERR_CONNECTION_RESET|422/)
  const { number } = await api.openTicket(ANA, unique('Still dark'))
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/${number}`)
  const hear = await loseAnswers(page, '**/messages')
  await page.getByLabel('Your reply').fill('Still dark.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(unheard(page)).toBeVisible()
  await hear()
  await page.getByLabel('Your reply').fill('Still dark. The bulb is new.')
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(arrived(page)).toBeVisible()
  await expect(page.getByRole('article').filter({ hasText: 'Still dark.' })).toHaveCount(1)
  const bodies = async () => {
    const path = `/api/customer/tickets/${number}/messages`
    const { items } = await api.call<{ items: { body: string }[] }>(ANA, 'GET', path)
    return items.map(({ body }) => body)
  }
  expect(await bodies()).toEqual(['Still dark.'])
  await page.getByRole('button', { name: 'Send' }).click()
  await expect(page.getByLabel('Your reply')).toHaveValue('')
  expect(await bodies()).toEqual(['Still dark.', 'Still dark. The bulb is new.'])
})

/** Something to wait at until it is opened. */
function gate(): { passed: Promise<void>; open: () => void } {
  let open = () => {}
  const passed = new Promise<void>((done) => {
    open = done
  })
  return { passed, open }
}

test('sending leaves no draft behind, however late a word was typed and whatever the page does meanwhile', async ({
  openBrowser,
  place,
  api,
}) => {
  const { number, id } = await api.openTicket(ANA, unique('In haste'))
  const draft = () => api.call<Draft>(AGENT, 'GET', `/api/admin/tickets/${number}/draft`)
  const desk = await (await openBrowser()).newPage()
  await signIn(desk, place, 'admin', AGENT)
  await openAt(desk, `${place.admin}/tickets/${number}`)
  const held = gate()
  const answered = gate()
  // The answer is under way for long: the message stands, and the page does not know.
  await desk.route('**/messages', async (route) => {
    if (route.request().method() !== 'POST') return route.fallback()
    const response = await route.fetch()
    answered.open()
    await held.passed
    await route.fulfill({ response })
  })
  await text(desk).fill('Dear Ana, it is')
  await expect(saved(desk)).toBeVisible()
  await text(desk).press('End')
  await text(desk).pressSequentially(' repaired.')
  await text(desk).press('Control+Enter')
  await answered.passed
  // Another tab comes to the front, and this one leaves the ticket.
  await desk.evaluate(() => {
    Object.defineProperty(document, 'visibilityState', { value: 'hidden', configurable: true })
    document.dispatchEvent(new Event('visibilitychange'))
  })
  await desk.getByRole('link', { name: 'Tickets' }).first().click()
  await expect(desk.getByRole('heading', { level: 1, name: 'Tickets' })).toBeVisible()
  held.open()
  await expect.poll(() => desk.evaluate(() => Object.keys(localStorage).join())).not.toContain(id)
  expect(await draft()).toMatchObject({ reply: '', note: '', version: 0 })
  await openAt(desk, `${place.admin}/tickets/${number}`)
  await expect(desk.getByRole('list', { name: 'Conversation' })).toContainText('Dear Ana, it is repaired.')
  await expect(text(desk)).toHaveValue('')
  const { items } = await api.call<{ items: unknown[] }>(
    AGENT,
    'GET',
    `/api/admin/tickets/${number}/messages`,
  )
  expect(items).toHaveLength(1)
})

test('what was written on another device is seen before the server forgets it, and outlives a reload', async ({
  openBrowser,
  place,
  api,
  faults,
}) => {
  faults.allow(/status of 412/)
  const { number } = await api.openTicket(ANA, unique('Both at once'))
  const desk = await (await openBrowser()).newPage()
  await signIn(desk, place, 'admin', AGENT)
  // The page asks once, as it opens, what was written elsewhere: it has heard "nothing" before the
  // phone writes, or it would have the phone's text in front of it already.
  const looked = desk.waitForResponse((r) => r.url().endsWith('/draft') && r.request().method() === 'GET')
  await openAt(desk, `${place.admin}/tickets/${number}`)
  await (await looked).finished()
  // From the phone, while this page does not look.
  const path = `/api/admin/tickets/${number}/draft`
  const phone = { visibility: 'public', reply: 'From the phone.', note: '' }
  await api.call(AGENT, 'PUT', path, phone, 0)
  await text(desk).fill('From the desk.')
  await text(desk).press('Control+Enter')
  await expect(desk.getByRole('list', { name: 'Conversation' })).toContainText('From the desk.')
  const other = desk.getByRole('region', { name: /You also wrote this reply/ })
  await expect(other.getByText('From the phone.')).toBeVisible()
  await desk.reload()
  await other.getByRole('button', { name: 'Add it to the text' }).click()
  await expect(text(desk)).toHaveValue('From the phone.')
})

test('signing out asks before it deletes what is not sent, and then leaves nothing behind', async ({
  openBrowser,
  place,
}) => {
  const page = await (await openBrowser()).newPage()
  const kept = () =>
    page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith('bsm-draft')))
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/new`)
  await page.getByLabel('Description').fill('A secret of this browser.')
  await signOut(page)
  const dialog = page.getByRole('dialog', { name: 'Sign out and delete what is not sent?' })
  await dialog.getByRole('button', { name: 'Cancel' }).click()
  await expect(dialog).toBeHidden()
  await expect(page.getByLabel('Description')).toHaveValue('A secret of this browser.')
  expect(await kept()).toHaveLength(1)

  await page.getByLabel('Description').fill('A secret of this browser, and more.')
  await signOut(page)
  await dialog.getByRole('button', { name: 'Sign out' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible()
  await expect.poll(kept).toEqual([])
  await fillSignIn(page, ANA)
  await expect(liveSign(page, 'Live')).toBeVisible()
  await page.goto(`${place.customer}/tickets/new`)
  await expect(page.getByLabel('Description')).toHaveValue('')
  // Nothing typed: nothing is asked.
  await signOut(page)
  await expect(page.getByRole('heading', { level: 1, name: 'Welcome back' })).toBeVisible()
})

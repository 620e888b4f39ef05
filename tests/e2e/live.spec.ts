import type { Page } from '@playwright/test'
import { AGENT, ANA, Api, type TicketAnswer } from './kit/api.ts'
import { freePort, startDesk } from './kit/desk.ts'
import { liveSign, signIn, unique } from './kit/pages.ts'
import { StreamCount } from './kit/streams.ts'
import { expect, soon, test } from './kit/test.ts'

test('the tabs of a browser share one stream, which outlives the tab that held it', async ({
  openBrowser,
  place,
  api,
}) => {
  const { number } = await api.openTicket(ANA, unique('Three tabs'))
  const browser = await openBrowser()
  const streams = new StreamCount(browser)
  const first = await browser.newPage()
  await signIn(first, place, 'customer', ANA)
  const others = [await browser.newPage(), await browser.newPage()]
  for (const tab of others) {
    await tab.goto(`${place.customer}/tickets/${number}`)
    await expect(liveSign(tab, 'Live')).toBeVisible()
  }
  expect(streams.count).toBe(1)

  await first.goto(`${place.customer}/tickets/${number}`)
  await api.say(number, 'All of you hear this.', 'public')
  for (const tab of [first, ...others]) {
    await soon(tab.getByRole('article').filter({ hasText: 'All of you hear this.' })).toBeVisible()
  }

  await expect.poll(() => streams.count).toBe(1)
  const holder = streams.holder()
  await holder?.close()
  await expect.poll(() => streams.count).toBe(1)
  await api.say(number, 'And this as well.', 'public')
  for (const tab of browser.pages()) {
    await soon(tab.getByRole('article').filter({ hasText: 'And this as well.' })).toBeVisible()
  }
  expect(streams.holder()).not.toBe(holder)
})

test('eight tabs hold one stream of the server, also after the tab that held it, and all hear of a change', async ({
  openBrowser,
}) => {
  const [port, metrics] = [await freePort(), await freePort()]
  const desk = await startDesk(port, { BSM_METRICS_BIND: `127.0.0.1:${metrics}` })
  try {
    const api = new Api(desk.api)
    const { number } = await api.openTicket(ANA, unique('Eight tabs'))
    const streams = async () => {
      const text = await (await fetch(`http://127.0.0.1:${metrics}/metrics`)).text()
      const lines = text.split('\n').filter((line) => line.startsWith('bsm_event_streams{'))
      return lines.reduce((sum, line) => sum + Number(line.split(' ').at(-1)), 0)
    }
    const browser = await openBrowser()
    const watched = new StreamCount(browser)
    const place = { customer: `${desk.api}/customer`, admin: `${desk.api}/admin` }
    const tabs = [await browser.newPage()]
    await signIn(tabs[0] as Page, { ...place, api: desk.api, log: desk.log }, 'customer', ANA)
    while (tabs.length < 8) tabs.push(await browser.newPage())
    // The first stays where it is: the server learns of a stream that was left only when it writes to it.
    await Promise.all(tabs.slice(1).map((tab) => tab.goto(`${place.customer}/tickets/${number}`)))
    for (const tab of tabs) await expect(liveSign(tab, 'Live')).toBeVisible()
    await expect.poll(streams).toBe(1)
    await api.say(number, 'All eight hear this.', 'public')
    await Promise.all(
      tabs
        .slice(1)
        .map((tab) =>
          soon(tab.getByRole('article').filter({ hasText: 'All eight hear this.' })).toBeVisible(),
        ),
    )
    await soon(tabs[0]!.getByRole('link', { name: /Eight tabs/ }).first()).toBeVisible()
    expect(await streams()).toBe(1)

    // The tab that holds it is closed, in the very moment in which something happens.
    const holder = watched.holder()
    await holder?.close()
    await api.say(number, 'The seven hear this as well.', 'public')
    const left = browser.pages()
    expect(left).toHaveLength(7)
    const shown = left.filter((tab) => tab.url().endsWith(number))
    await Promise.all(
      shown.map((tab) =>
        soon(tab.getByRole('article').filter({ hasText: 'The seven hear this as well.' })).toBeVisible(),
      ),
    )
    for (const tab of left) await expect(liveSign(tab, 'Live')).toBeVisible()
    expect(watched.holder()).not.toBe(holder)
    // The server learns that the other end is gone by what it writes, at the latest by its heartbeats.
    await expect.poll(streams, { timeout: 35_000 }).toBe(1)
    await browser.close()
  } finally {
    await desk.stop()
  }
})

test('a page says that it is offline, keeps what is typed, and catches up', async ({
  openSeat,
  place,
  api,
  faults,
}) => {
  faults.allow(/net::ERR_(INTERNET_DISCONNECTED|NETWORK_CHANGED)/)
  const { number } = await api.openTicket(ANA, unique('On the train'))
  const page = await openSeat()
  await signIn(page, place, 'customer', ANA)
  await page.goto(`${place.customer}/tickets/${number}`)
  await expect(liveSign(page, 'Live')).toBeVisible()
  await page.context().setOffline(true)
  await expect(liveSign(page, 'Offline')).toBeVisible()
  await page.getByLabel('Your reply').fill('Written in a tunnel')
  await api.say(number, 'Said while you were away.', 'public')
  await api.patchTicket(number, { status: 'pending' })
  await page.context().setOffline(false)
  await expect(liveSign(page, 'Live')).toBeVisible()
  await soon(page.getByRole('article').filter({ hasText: 'Said while you were away.' })).toBeVisible()
  await soon(page.getByRole('heading', { name: 'We are waiting for your answer' })).toBeVisible()
  await expect(page.getByLabel('Your reply')).toHaveValue('Written in a tunnel')
})

test('an internal note leaves no trace at the customer', async ({ openBrowser, openSeat, place, api }) => {
  const path = (ticket: TicketAnswer) => `/api/customer/tickets/${ticket.number}`
  const secret = await api.openTicket(ANA, unique('Talked about'))
  const fence = await api.openTicket(ANA, unique('Talked in'))
  const before = await api.call<TicketAnswer>(ANA, 'GET', path(secret))

  const browser = await openBrowser()
  const watched = await browser.newPage()
  await signIn(watched, place, 'customer', ANA)
  await watched.goto(`${place.customer}/tickets/${secret.number}`)
  await expect(liveSign(watched, 'Live')).toBeVisible()
  const other = await browser.newPage()
  await other.goto(`${place.customer}/tickets/${fence.number}`)
  await expect(liveSign(other, 'Live')).toBeVisible()
  const colleague = await openSeat()
  await signIn(colleague, place, 'admin', AGENT)
  await colleague.goto(`${place.admin}/tickets/${secret.number}`)
  await expect(colleague.getByRole('heading', { level: 1 })).toBeVisible()

  const listener = await api.listen(ANA)
  const asked = requestsOf(watched)
  await api.say(secret.number, 'They have not paid for this.', 'internal')
  await soon(colleague.getByText('They have not paid for this.')).toBeVisible()
  // What comes after the note has arrived: so would have the note.
  await api.say(fence.number, 'We are on it.', 'public')
  await soon(other.getByRole('article').filter({ hasText: 'We are on it.' })).toBeVisible()
  await expect.poll(() => listener.heard.map(({ subject }) => subject.id)).toContain(fence.id)
  listener.close()

  expect(listener.heard.filter(({ subject }) => subject.id === secret.id)).toEqual([])
  expect(asked.filter((url) => url.includes(secret.number) || url.includes(secret.id))).toEqual([])
  expect(await api.call<TicketAnswer>(ANA, 'GET', path(secret))).toEqual(before)
  const list = await api.call<{ items: TicketAnswer[] }>(ANA, 'GET', '/api/customer/tickets?sort=-updated_at')
  expect(list.items.find(({ id }) => id === secret.id)?.updated_at).toBe(before.updated_at)
})

/** The API addresses a page asks for from now on. */
function requestsOf(page: Page): string[] {
  const urls: string[] = []
  page.on('request', (request) => {
    if (request.url().includes('/api/')) urls.push(request.url())
  })
  return urls
}

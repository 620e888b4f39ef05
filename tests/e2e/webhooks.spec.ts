import { createHmac } from 'node:crypto'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import { ADMIN, AGENT, ANA } from './kit/api.ts'
import { signIn, unique } from './kit/pages.ts'
import { expect, test } from './kit/test.ts'

/** A delivery is made, sent, written down and looked at again: each takes its second or two. */
const arrived = expect.configure({ timeout: 20_000 })

interface Got {
  headers: IncomingHttpHeaders
  body: string
}

/** A receiver that answers as it is told. */
async function receiver() {
  const got: Got[] = []
  const manner = { status: 200 }
  const server = createServer((request, response) => {
    let body = ''
    request.on('data', (part: Buffer) => (body += part.toString()))
    request.on('end', () => {
      got.push({ headers: request.headers, body })
      response.writeHead(manner.status).end(manner.status === 200 ? 'Thank you.' : 'Not today.')
    })
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/desk`, got, manner, close: () => server.close() }
}

/** What Standard Webhooks says a signature is. */
function signed(secret: string, { headers, body }: Got): boolean {
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const text = `${String(headers['webhook-id'])}.${String(headers['webhook-timestamp'])}.${body}`
  const wanted = `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  return String(headers['webhook-signature']).split(' ').includes(wanted)
}

test('an admin connects a system, tries it out, and sends again what it missed', async ({
  openBrowser,
  place,
  api,
}) => {
  const system = await receiver()
  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', ADMIN)
  await page.getByRole('navigation', { name: 'Main' }).getByRole('link', { name: 'Integrations' }).click()
  await page.goto(`${place.admin}/integrations/webhooks`)
  await page.getByRole('button', { name: 'New webhook' }).click()
  const form = page.getByRole('dialog')
  await form.getByLabel('Address').fill(system.url)
  const description = unique('Chat')
  await form.getByLabel('Description').fill(description)
  await form.getByRole('combobox', { name: 'Events' }).click()
  await page.getByRole('option', { name: 'Ticket opened' }).click()
  await page.keyboard.press('Escape')
  await form.getByRole('button', { name: 'Create webhook' }).click()
  const secret = await page.getByRole('dialog').getByLabel('Secret').inputValue()
  expect(secret).toMatch(/^whsec_/)
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await expect(page.getByRole('heading', { level: 1, name: description })).toBeVisible()

  await page.getByRole('button', { name: 'Send a test' }).click()
  await arrived(page.getByText('The receiver took the test.')).toBeVisible()
  const [tested] = system.got
  if (!tested) throw new Error('no test came')
  expect(signed(secret, tested)).toBe(true)

  system.manner.status = 500
  await api.openTicket(ANA, unique('A ticket to tell of'))
  const row = page.getByRole('row').filter({ hasText: 'Ticket opened' })
  await arrived(row.getByText('Waiting')).toBeVisible()
  await row.getByRole('button', { name: 'Ticket opened' }).click()
  const seen = page.getByRole('dialog')
  await arrived(seen.getByText('The receiver answered 500.').first()).toBeVisible()
  await expect(seen.getByText('Not today.').first()).toBeVisible()
  system.manner.status = 200
  await seen.getByRole('button', { name: 'Send again' }).click()
  await arrived(seen.getByText('Delivered', { exact: true })).toBeVisible()
  await expect(seen.getByText('Thank you.')).toBeVisible()
  const told = system.got.filter(({ body }) => body.includes('ticket.created'))
  expect(new Set(told.map(({ headers }) => headers['webhook-id'])).size).toBe(1)
  await page.keyboard.press('Escape')

  await page.getByRole('button', { name: 'More acts' }).click()
  await page.getByRole('menuitem', { name: 'New secret' }).click()
  await page.getByRole('button', { name: 'Make a new secret' }).click()
  const next = await page.getByRole('dialog').getByLabel('Secret').inputValue()
  await page.getByRole('button', { name: 'I have copied it' }).click()
  await page.getByRole('button', { name: 'Send again since…' }).click()
  await page.getByLabel('Also what was delivered').check()
  const before = system.got.length
  await page.getByRole('dialog').getByRole('button', { name: 'Send again' }).click()
  await arrived.poll(() => system.got.length).toBeGreaterThan(before)
  const last = system.got.at(-1)
  if (!last) throw new Error('nothing came')
  expect(signed(secret, last) && signed(next, last)).toBe(true)

  await page.getByRole('button', { name: 'Disable' }).click()
  await expect(page.getByText('Nothing is sent but tests.')).toBeVisible()
  await page.getByRole('button', { name: 'Enable' }).click()
  await page.getByRole('button', { name: 'More acts' }).click()
  await page.getByRole('menuitem', { name: 'Delete' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Delete' }).click()
  await expect(page.getByRole('heading', { level: 1, name: 'Integrations' })).toBeVisible()
  await expect(page.getByText(description)).toHaveCount(0)
  system.close()
})

test('a receiver that wants nothing more is disabled, and admins are told; agents see none of it', async ({
  openBrowser,
  place,
  api,
}) => {
  const system = await receiver()
  system.manner.status = 410
  const page = await (await openBrowser()).newPage()
  await signIn(page, place, 'admin', ADMIN)
  const body = { url: system.url, event_types: ['ticket.created'] }
  const { id } = await api.call<{ id: string }>(ADMIN, 'POST', '/api/admin/webhooks', body)
  await api.openTicket(ANA, unique('A last ticket'))
  const notice = page.getByRole('button', { name: 'See which' })
  await arrived(notice).toBeVisible()
  await notice.click()
  await arrived(page.getByText('it wants nothing more')).toBeVisible()
  // Whoever still looks at it would ask for what is gone.
  await page.goto(`${place.admin}/profile`)
  await api.call(ADMIN, 'DELETE', `/api/admin/webhooks/${id}`, undefined, 2)
  system.close()

  const agent = await (await openBrowser()).newPage()
  await signIn(agent, place, 'admin', AGENT)
  await agent.goto(`${place.admin}/integrations/webhooks`)
  await expect(agent.getByText('For administrators')).toBeVisible()
})

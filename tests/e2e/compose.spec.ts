import { execFile } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { AGENT, ANA, Api } from './kit/api.ts'
import type { Composed } from './kit/compose.ts'
import { readCompose } from './kit/composeFile.ts'
import { placeOf } from './kit/places.ts'
import { expect, SOON_MS, test } from './kit/test.ts'

/*
 * What docker-compose.yml promises beside the flows (flows.spec.ts runs through its parts, too).
 */

const run = promisify(execFile)
const DEPLOY = resolve(import.meta.dirname, '../../deploy')
const SECRETS = { POSTGRES_PASSWORD: 'a', BSM_JWT_SECRET: 'b', CUSTOMER_URL: 'c', ADMIN_URL: 'd' }

test('nothing starts without its secrets, and what is missing is said', () => {
  for (const name of Object.keys(SECRETS)) {
    const others = { ...SECRETS, [name]: '' }
    expect(() => readCompose(others)).toThrow(`set ${name} in .env, see .env.example`)
  }
  expect(Object.keys(readCompose(SECRETS))).toEqual(['database', 'migrate', 'api', 'customer', 'admin'])
})

test('what is built is confined, and only the portals are published, to this machine', () => {
  for (const [name, service] of Object.entries(readCompose(SECRETS))) {
    if (service.build) {
      expect(service.read_only, name).toBe(true)
      expect(service.cap_drop, name).toEqual(['ALL'])
      expect(service.security_opt, name).toContain('no-new-privileges:true')
    }
    const published = name === 'customer' || name === 'admin'
    expect(service.ports?.length ?? 0, name).toBe(published ? 1 : 0)
    for (const port of service.ports ?? []) expect(port).toMatch(/^127\.0\.0\.1:\d+:8080$/)
  }
})

test('pages come with the headers that the server itself would send', async ({ place }) => {
  const { parts } = place as Composed
  for (const portal of ['customer', 'admin'] as const) {
    const [composed, together] = [
      await fetch(`${parts[portal]}/${portal}/`),
      await fetch(`${placeOf('together', 0)[portal]}/`),
    ]
    expect(await composed.text()).toBe(await together.text())
    for (const name of [
      'content-security-policy',
      'x-content-type-options',
      'x-frame-options',
      'referrer-policy',
      'cross-origin-opener-policy',
      'cache-control',
    ]) {
      expect(composed.headers.get(name), name).toBe(together.headers.get(name))
    }
    const page = await (await fetch(`${parts[portal]}/${portal}/tickets/TKT-1`)).text()
    const style = /href="([^"]+\.css)"/.exec(page)?.[1] ?? ''
    const asset = await fetch(parts[portal] + style)
    expect(asset.headers.get('cache-control')).toContain('immutable')
    expect(asset.headers.get('content-encoding')).toBe('gzip')
    expect((await fetch(`${parts[portal]}/${portal}/nothing.js`)).status).toBe(404)
  }
})

test('each portal has its own part of the API, and leads to the other portal', async ({
  place,
  openSeat,
}) => {
  const { parts } = place as Composed
  const status = async (address: string) => (await fetch(address)).status
  expect(await status(`${parts.customer}/api/customer/tickets`)).toBe(401)
  expect(await status(`${parts.customer}/api/admin/tickets`)).toBe(404)
  expect(await status(`${parts.admin}/api/admin/tickets`)).toBe(401)
  expect(await status(`${parts.admin}/api/customer/tickets`)).toBe(404)
  // A password link of staff begins with the customers' address.
  const page = await openSeat()
  const customers = new URL(place.customer).origin
  await page.goto(`${customers}/admin/set-password#token=none`)
  expect(page.url()).toBe(`${place.admin}/set-password#token=none`)
})

test('a stream passes through both web servers as it is written', async ({ place }) => {
  const { parts } = place as Composed
  const [customer, staff] = [new Api(parts.customer), new Api(parts.admin)]
  const [ana, agent] = [await customer.listen(ANA), await staff.listen(AGENT)]
  try {
    const { number } = await customer.openTicket(ANA, 'Written at the first replica')
    const heard = (listener: typeof ana, type: string) => () =>
      listener.heard.some((event) => event.type === type && event.subject.number === number)
    await expect.poll(heard(agent, 'ticket.created'), { timeout: SOON_MS }).toBe(true)
    await staff.say(number, 'Answered at the second one', 'public')
    await expect.poll(heard(ana, 'ticket.message_added'), { timeout: SOON_MS }).toBe(true)
  } finally {
    ana.close()
    agent.close()
  }
  for (const address of parts.metrics) {
    const text = await (await fetch(address)).text()
    expect(text).toContain('bsm_database_up 1\n')
    expect(text).toContain('bsm_event_delivery_lag 0\n')
  }
})

test('samples for static hosts carry the policy of the server, with the API added', async () => {
  const page = await fetch(`${placeOf('together', 0).customer}/`)
  const policy = page.headers.get('content-security-policy') ?? ''
  const api = 'https://api.example.com'
  const wanted = policy
    .replace("img-src 'self' data:", `img-src 'self' data: ${api}`)
    .replace("connect-src 'self'", `connect-src 'self' ${api}`)
  expect(wanted.split(api)).toHaveLength(3)
  for (const name of ['nginx/static-portal.conf', 'caddy/Caddyfile']) {
    expect(readFileSync(join(DEPLOY, name), 'utf8'), name).toContain(`"${wanted}"`)
  }
})

test('nginx takes the samples', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'bsm-samples-'))
  try {
    for (const name of readdirSync(join(DEPLOY, 'nginx'))) {
      // Certificates are their owner's; everything else is as it stands.
      const text = readFileSync(join(DEPLOY, 'nginx', name), 'utf8')
      const plain = text
        .replaceAll(/^\s*ssl_certificate.*$/gm, '')
        .replaceAll(/listen \S+( ssl http2)?;/g, 'listen 8080;')
      const main = `pid ${folder}/pid;\nevents {}\nhttp {\n${plain}\n}\n`
      const file = join(folder, name)
      writeFileSync(file, main)
      const { stderr } = await run('nginx', ['-e', 'stderr', '-p', folder, '-t', '-c', file], {
        env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin` },
      })
      expect(stderr, name).toContain('test is successful')
    }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

import { mkdirSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { expect, test, type Page } from '@playwright/test'
import { AGENT, ANA } from '../kit/api.ts'
import { freePort, startDesk } from '../kit/desk.ts'
import { goTo, signIn, unique } from '../kit/pages.ts'
import { nextClick, rowShown } from './watch.ts'

const ROUNDS = 30
const TARGET_MS = 250
const FOLDER = resolve(process.env['BSM_BENCH_DIR'] ?? 'target/bench')

interface Figures {
  engine: string
  /** From each click to the row, in milliseconds, shortest first. */
  times: number[]
}

const measured: Figures[] = []

const engines: Record<string, Record<string, string>> = { SQLite: {} }
const postgres = process.env['BSM_BENCH_POSTGRES']
if (postgres) {
  engines['PostgreSQL'] = {
    DATABASE_URL: postgres,
    BSM_JWT_SECRET: 'a secret for nothing but measuring, of 32 bytes and more',
  }
}

for (const [engine, settings] of Object.entries(engines)) {
  test(`from the customer's click to the agent's row: ${engine}`, async ({ browser, playwright }) => {
    const desk = await startDesk(await freePort(), settings)
    const other = await playwright.chromium.launch()
    try {
      const { api, log } = desk
      const place = { api, log, customer: `${api}/customer`, admin: `${api}/admin` }
      const [ana, agent] = [await browser.newPage(), await other.newPage()]
      await signIn(ana, place, 'customer', ANA)
      await signIn(agent, place, 'admin', AGENT)
      await goTo(agent, 'Tickets')
      await send(ana, agent)
      const times: number[] = []
      while (times.length < ROUNDS) times.push(await send(ana, agent))
      measured.push({ engine, times: times.toSorted((a, b) => a - b) })
    } finally {
      await other.close()
      await desk.stop()
    }
  })
}

test.afterAll(() => {
  mkdirSync(FOLDER, { recursive: true })
  const figures = measured.map(({ engine, times }) => ({
    engine,
    p50_ms: percentile(times, 50),
    p95_ms: percentile(times, 95),
    max_ms: percentile(times, 100),
    times_ms: times,
  }))
  writeFileSync(join(FOLDER, 'click.json'), `${JSON.stringify({ target_ms: TARGET_MS, figures }, null, 2)}\n`)
  const rows = figures.map(({ engine, ...of }) => {
    const [middle, most, all] = [of.p50_ms, of.p95_ms, of.max_ms].map((n) => n.toFixed(0))
    return `| ${engine} | ${middle} ms | ${most} ms | ${all} ms | ${TARGET_MS} ms |`
  })
  const head = '| from click to row | median | p95 | longest | target of the p95 |'
  process.stdout.write(`\n${[head, '| --- | --- | --- | --- | --- |', ...rows].join('\n')}\n`)
})

/** The customer sends a ticket; how long it takes to the agent's list, in milliseconds. */
async function send(customer: Page, agent: Page): Promise<number> {
  const subject = unique('From screen to screen')
  await goTo(customer, 'Tickets')
  await customer.getByRole('link', { name: 'New ticket' }).first().click()
  await customer.getByLabel('Subject').fill(subject)
  await customer.getByLabel('Description').fill('How long does it take?')
  const clicked = await nextClick(customer)
  const shown = await rowShown(agent, subject)
  await customer.getByRole('button', { name: 'Send the ticket' }).click()
  const took = (await shown()) - (await clicked())
  await expect(customer.getByRole('heading', { level: 1, name: subject })).toBeVisible()
  return took
}

/** Of sorted times, the one within which so many of a hundred lie. */
function percentile(times: number[], percent: number): number {
  return times[Math.ceil((times.length * percent) / 100) - 1] ?? Number.NaN
}

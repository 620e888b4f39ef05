import { readFileSync, statSync } from 'node:fs'
import {
  test as base,
  type BrowserContext,
  type BrowserContextOptions,
  type Page,
  type TestInfo,
} from '@playwright/test'
import { Api } from './api.ts'
import { startCompose } from './compose.ts'
import { Faults } from './faults.ts'
import { type Hosting, type Place, placeOf } from './places.ts'

export interface Options {
  /** Whether two people sit at two browsers, or use two tabs of the same one. */
  seating: 'browsers' | 'tabs'
}

export interface WorkerOptions {
  hosting: Hosting
}

interface Kit {
  faults: Faults
  /** A browser of its own (cookies, storage), watched for errors. */
  openBrowser: (options?: BrowserContextOptions) => Promise<BrowserContext>
  /** A page for one more person, where `seating` puts them. */
  openSeat: () => Promise<Page>
  /** The API without a page, for what a test only needs to be there. */
  api: Api
}

interface WorkerKit {
  place: Place
}

export const expect = base.expect

export const test = base.extend<Kit & Options, WorkerKit & WorkerOptions>({
  hosting: ['together', { option: true, scope: 'worker' }],
  seating: ['browsers', { option: true }],

  place: [
    async ({ hosting }, provide, { parallelIndex }) => {
      if (hosting !== 'replicas') return provide(placeOf(hosting, parallelIndex))
      const composed = await startCompose()
      await provide(composed)
      await composed.stop()
    },
    { scope: 'worker', timeout: 120_000 },
  ],

  api: async ({ place }, provide) => provide(new Api(place.api)),

  faults: [
    async ({ place }, provide, info) => {
      const logged = statSync(place.log).size
      const faults = new Faults()
      await provide(faults)
      if (info.status !== info.expectedStatus || faults.left().length > 0) {
        await showLog(place.log, logged, info)
      }
      expect(faults.left(), 'errors in the browser').toEqual([])
    },
    { auto: true },
  ],

  openBrowser: async ({ browser, faults }, provide) => {
    const contexts: BrowserContext[] = []
    await provide(async (options) => {
      const context = await browser.newContext(options)
      faults.watch(context)
      contexts.push(context)
      return context
    })
    for (const context of contexts) await context.close()
  },

  openSeat: async ({ openBrowser, seating }, provide) => {
    let shared: BrowserContext | null = null
    await provide(async () => {
      if (seating === 'browsers') return (await openBrowser()).newPage()
      shared ??= await openBrowser()
      return shared.newPage()
    })
  },
})

/** Shows what the server wrote during a test that failed. */
async function showLog(file: string, start: number, info: TestInfo): Promise<void> {
  const body = readFileSync(file).subarray(start)
  await info.attach('server log', { body, contentType: 'text/plain' })
  process.stderr.write(`--- what the server wrote during "${info.title}":\n${body.toString()}---\n`)
}

/** What one person does must be at the other within this time, without a reload. */
export const SOON_MS = 2_000

export const soon = base.expect.configure({ timeout: SOON_MS })

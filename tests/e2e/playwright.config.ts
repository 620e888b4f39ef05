import { defineConfig } from '@playwright/test'
import type { Options, WorkerOptions } from './kit/test.ts'

/*
 * The whole product in a browser: `npx playwright test -c tests/e2e/playwright.config.ts`.
 * BSM_BIN names the server's binary (default target/debug/bsm), BSM_CHROMIUM the browser: by default
 * Chromium without the parts that only a window needs, in which the tests take a fifth less time.
 * `--trace retain-on-failure` keeps what led to a failure; it takes half as much time again.
 */
export default defineConfig<Options, WorkerOptions>({
  testDir: '.',
  outputDir: '../../test-results/e2e',
  globalSetup: './kit/setup.ts',
  // Each has a server of its own (kit/setup.ts); a file's tests run one after the other.
  workers: 2,
  fullyParallel: false,
  forbidOnly: Boolean(process.env['CI']),
  timeout: 90_000,
  expect: { timeout: 7_000 },
  reporter: [['list']],
  use: {
    browserName: 'chromium',
    actionTimeout: 7_000,
    navigationTimeout: 15_000,
    screenshot: 'only-on-failure',
    locale: 'en-GB',
    timezoneId: 'Europe/Berlin',
    launchOptions: {
      executablePath: process.env['BSM_CHROMIUM'] ?? '/usr/bin/chromium-headless-shell',
      args: ['--no-sandbox', '--disable-dev-shm-usage', '--disable-gpu', '--disable-background-networking'],
    },
  },
  projects: [
    // The longest first, so that both workers end together.
    { name: 'screens', testMatch: 'screens.spec.ts' },
    { name: 'two browsers', testMatch: 'flows.spec.ts', use: { seating: 'browsers' } },
    { name: 'one browser', testMatch: 'flows.spec.ts', use: { seating: 'tabs' } },
    { name: 'hosts of their own', testMatch: 'flows.spec.ts', use: { hosting: 'own hosts' } },
    {
      name: 'two replicas',
      testMatch: ['flows.spec.ts', 'compose.spec.ts'],
      use: { hosting: 'replicas' },
      // The parts of docker-compose.yml are started once, for both files.
      workers: 1,
    },
    {
      name: 'portals',
      testMatch: [
        'api-keys.spec.ts',
        'articles.spec.ts',
        'categories.spec.ts',
        'docs.spec.ts',
        'drafts.spec.ts',
        'exports.spec.ts',
        'feedback.spec.ts',
        'insights.spec.ts',
        'journey.spec.ts',
        'live.spec.ts',
        'merge.spec.ts',
        'owner.spec.ts',
        'people.spec.ts',
        'profile.spec.ts',
        'services.spec.ts',
        'session.spec.ts',
        'settings.spec.ts',
        'webhooks.spec.ts',
      ],
    },
  ],
})

import { defineConfig } from '@playwright/test'
import suites from '../playwright.config.ts'

/*
 * What `make bench` measures in browsers: `npx playwright test -c tests/e2e/bench/playwright.config.ts`.
 * BSM_BIN names the server's binary, BSM_BENCH_DIR where the figures are written (target/bench),
 * BSM_BENCH_POSTGRES an empty database of PostgreSQL: without it SQLite alone is measured.
 */
export default defineConfig({
  testDir: '.',
  outputDir: '../../../test-results/bench',
  workers: 1,
  timeout: 300_000,
  reporter: [['list']],
  ...(suites.expect ? { expect: suites.expect } : {}),
  ...(suites.use ? { use: suites.use } : {}),
})

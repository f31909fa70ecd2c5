import { defineConfig } from '@playwright/test'

/** The running application, driven from outside. One application at a time: they share two cores. */
export default defineConfig({
  testDir: 'tests/e2e',
  outputDir: 'test-results',
  workers: 1,
  fullyParallel: false,
  timeout: 60_000,
  expect: { timeout: 10_000 },
  // On a machine that others use too, a change is not held up by what happens once; the report names it as flaky.
  retries: process.env.CI === undefined ? 0 : 1,
  forbidOnly: process.env.CI !== undefined,
  reporter: [['list']],
})

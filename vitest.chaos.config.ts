import { defineConfig } from 'vitest/config'

/** Real processes ended with real signals at the worst moments. One file at a time, because they share two cores. */
export default defineConfig({
  test: {
    include: ['tests/chaos/**/*.test.ts'],
    environment: 'node',
    fileParallelism: false,
    testTimeout: 120_000,
  },
})

import { defineConfig } from 'vitest/config'

export default defineConfig({
  test: {
    alias: [{ find: /^fast-check$/, replacement: `${import.meta.dirname}/tests/seeded-fast-check.ts` }],
    include: [
      'ipc/**/*.test.ts',
      'contracts/**/*.test.ts',
      'src/**/*.test.ts',
      'renderer/**/*.test.{ts,tsx}',
      'ai-service/**/*.test.ts',
      'storage-service/**/*.test.ts',
      'network-service/**/*.test.ts',
      'audio-service/**/*.test.ts',
      'gpu/**/*.test.ts',
      'cli/**/*.test.ts',
      'setup/**/*.test.ts',
      'tests/bench/**/*.test.ts',
      'tests/fuzz/**/*.test.ts',
      'electron-on-chromium/**/*.unit.test.ts',
    ],
    environment: 'node',
    maxWorkers: 2,
    testTimeout: 20_000,
  },
})

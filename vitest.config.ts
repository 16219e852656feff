import { availableParallelism } from 'node:os'
import react from '@vitejs/plugin-react'
import { playwright } from '@vitest/browser-playwright'
import { defineConfig } from 'vitest/config'

const chromium = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium'

/** On a shared machine of CI a real socket or a real browser may lose its turn for seconds, so a test fails if three attempts do. */
const retry = process.env.CI ? 2 : 0

/** How long a test waits for a condition, and how long it may take with all its waits: no measure of speed, so generous. Milliseconds. */
const patience = {
  expect: { poll: { timeout: 40_000 } },
  testTimeout: 120_000,
  hookTimeout: 120_000,
}

/** Many tests wait for a socket, a thread or a program, so that a machine of two processors has time for two files at once. */
const maxWorkers = Math.max(2, availableParallelism() - 1)

/** The failure matrix takes many minutes: `npm run test:faults`. */
const longTests = process.env.FAULT_ROUNDS === undefined ? ['test/faults/**'] : []

export default defineConfig({
  test: {
    maxWorkers,
    projects: [
      {
        test: {
          name: 'node',
          include: ['test/**/*.test.ts'],
          exclude: ['test/packaging/**', 'test/servers/**', 'test/e2e/**', ...longTests],
          environment: 'node',
          retry,
          ...patience,
        },
      },
      {
        // Components in a real browser.
        plugins: [react()],
        test: {
          name: 'browser',
          include: ['test/renderer/**/*.browser.test.tsx'],
          setupFiles: ['test/renderer/park-pointer.ts'],
          retry,
          ...patience,
          // An element is waited for until here.
          testTimeout: 60_000,
          browser: {
            enabled: true,
            headless: true,
            screenshotFailures: false,
            provider: playwright({
              launchOptions: { executablePath: chromium, args: ['--no-sandbox', '--disable-gpu'] },
            }),
            instances: [{ browser: 'chromium' }],
          },
        },
      },
      {
        // Real servers, one after another: a small machine has memory and time for one.
        test: {
          name: 'servers',
          include: ['test/servers/**/*.test.ts'],
          environment: 'node',
          fileParallelism: false,
          retry: 2,
          testTimeout: 240_000,
          hookTimeout: 240_000,
        },
      },
      {
        test: {
          name: 'packaging',
          include: ['test/packaging/**/*.test.ts'],
          environment: 'node',
          ...patience,
        },
      },
    ],
  },
})

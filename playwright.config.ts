import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

/** Real Electron where its binary is installed, else the stand-in; `electron` and Playwright both honour the variable. */
if (!existsSync(join(import.meta.dirname, 'node_modules/electron/path.txt'))) {
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= join(import.meta.dirname, 'test/electron-stand-in/dist')
}

export default defineConfig({
  projects: [
    { name: 'e2e', testDir: 'test/e2e' },
    /** Takes the pictures of the documentation. */
    { name: 'screenshots', testDir: 'test/screenshots', timeout: 180_000 },
  ],
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  // As in vitest.config.ts; what passes only then is listed as flaky.
  retries: process.env.CI ? 2 : 0,
  reporter: [['list'], ['json', { outputFile: '.cache/reports/e2e.json' }]],
  timeout: 120_000,
  expect: { timeout: 30_000 },
})

import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { defineConfig } from '@playwright/test'

/** Real Electron where its binary is installed, else the stand-in; `electron` and Playwright both honour the variable. */
if (!existsSync(join(import.meta.dirname, 'node_modules/electron/path.txt'))) {
  process.env.ELECTRON_OVERRIDE_DIST_PATH ??= join(import.meta.dirname, 'test/electron-stand-in/dist')
}

export default defineConfig({
  testDir: 'test/e2e',
  outputDir: 'test-results',
  workers: 2,
  fullyParallel: true,
  forbidOnly: Boolean(process.env.CI),
  reporter: [['list'], ['json', { outputFile: '.cache/reports/e2e.json' }]],
  timeout: 60_000,
  expect: { timeout: 10_000 },
})

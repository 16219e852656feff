/** Electron's life from the loaded main script to the first window. */
import { app } from './app.ts'
import { Chromium } from './chromium.ts'
import { screen } from './screen.ts'
import { connectTargets } from './targets.ts'

for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => app.quit())

/** Starts Chromium and tells the app that it may open windows. */
export const readyForWindows = async (): Promise<void> => {
  if (app.isQuitting) return
  const chromium = await Chromium.start(app.getPath('userData'), lastWords => {
    if (app.isQuitting) return
    process.stderr.write(`Electron stand-in: Chromium ended. ${lastWords}\n`)
    app.exit(1)
  })
  app.beforeExit(() => chromium.stop())
  await connectTargets(chromium)
  await screen.look(chromium.cdp.browser)
  app.becomeReady()
}

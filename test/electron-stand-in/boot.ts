/** What the `electron` executable of the stand-in runs: Electron's start-up order over Node and Chromium. */
import { createRequire, registerHooks } from 'node:module'
import { readFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { z } from 'zod'

const electronModule = new URL('./electron.ts', import.meta.url).href
registerHooks({
  resolve: (specifier, context, next) =>
    /^electron(\/(main|common))?$/.test(specifier)
      ? { url: electronModule, format: 'module-typescript', shortCircuit: true }
      : next(specifier, context),
})

const installed = readFileSync(new URL('../../node_modules/electron/package.json', import.meta.url), 'utf8')
const { version } = z.object({ version: z.string() }).parse(JSON.parse(installed))
if (process.argv.includes('--version')) {
  process.stdout.write(`v${version}\n`)
  process.exit(0)
}
const executable = resolve(process.env.ELECTRON_STANDIN_EXECUTABLE ?? process.execPath)
delete process.env.ELECTRON_STANDIN_EXECUTABLE
Object.defineProperty(process.versions, 'electron', { value: version, enumerable: true })

try {
  const { launch } = await import('./launch.ts')
  const { readyForWindows } = await import('./start.ts')
  Object.assign(process, {
    argv: [executable, ...process.argv.slice(2)],
    execPath: executable,
    type: 'browser',
    defaultApp: true,
    resourcesPath: join(dirname(executable), 'resources'),
  })
  const require = createRequire(join(launch.appPath, 'package.json'))
  for (const module of launch.requires) require(module.startsWith('.') ? resolve(module) : module)
  await import(pathToFileURL(launch.entry).href)
  await readyForWindows()
} catch (error) {
  process.stderr.write(
    `Electron stand-in: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`,
  )
  process.exit(1)
}

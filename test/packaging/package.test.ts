import { execFileSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { extractAll, listPackage, statFile } from '@electron/asar'
import { FuseState, FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { _electron } from '@playwright/test'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { z } from 'zod'

const root = join(import.meta.dirname, '../..')
const unpacked = join(root, 'dist/linux-unpacked')
const archive = join(unpacked, 'resources/app.asar')
const binary = `node_modules/better-sqlite3/prebuilds/linux-${process.arch}.node`
const temporary = mkdtempSync(join(tmpdir(), 'stompbox-packaging-'))

const packageFile = z.object({ version: z.string() })
const versionOf = (path: string): string => packageFile.parse(JSON.parse(readFileSync(path, 'utf8'))).version

beforeAll(() => {
  const electronDist = join(temporary, 'electron')
  const electronVersion = versionOf(join(root, 'node_modules/electron/package.json'))
  execFileSync(process.execPath, [join(import.meta.dirname, 'make-dist.mjs'), electronDist, electronVersion])
  execFileSync(
    join(root, 'node_modules/.bin/electron-builder'),
    ['--config', 'electron-builder.config.mjs', '--linux', 'dir', '--publish', 'never'],
    { cwd: root, env: { ...process.env, ELECTRON_DIST: electronDist } },
  )
})
afterAll(() => rmSync(temporary, { recursive: true, force: true, maxRetries: 5 }))

const files = (): string[] =>
  listPackage(archive, { isPack: false }).filter(path => !('files' in statFile(archive, path.slice(1))))

test('the archive holds the built app and what it needs at run time', () => {
  expect(files()).toEqual(
    expect.arrayContaining([
      '/package.json',
      '/out/main/index.js',
      '/out/main/cache-worker.js',
      '/out/main/host-worker.js',
      '/out/main/host-log-worker.js',
      '/out/preload/index.cjs',
      '/out/renderer/index.html',
      '/resources/tray.png',
      '/node_modules/better-sqlite3/lib/index.js',
      '/node_modules/@stomp/stompjs/package.json',
    ]),
  )
  const assets = files().filter(file => file.startsWith('/out/renderer/assets/'))
  expect(new Set(assets.map(file => file.replace(/^.*\./, '')))).toEqual(
    new Set(['js', 'css', 'svg', 'woff2']),
  )
})

test('the archive holds nothing else', () => {
  const development = /\.(ts|mts|cts|tsx|map|c|cpp|h|gyp|md)$|\/(test|tests|docs|\.bin|\.types)\//
  expect(files().filter(file => development.test(file))).toEqual([])
  const topLevel = new Set(files().map(file => file.split('/')[1]))
  expect(topLevel).toEqual(new Set(['package.json', 'out', 'resources', 'node_modules']))
  const packages = new Set(files().map(file => /^\/node_modules\/((@[^/]+\/)?[^/]+)/.exec(file)?.[1]))
  for (const absent of [
    'react',
    'react-dom',
    'electron',
    'vite',
    'typescript',
    'lucide-react',
    'commander',
    'prom-client',
    '@opentelemetry/api',
    'uqr',
  ]) {
    expect(packages).not.toContain(absent)
  }
  expect(statSync(archive).size).toBeLessThan(15_000_000)
})

test('of SQLite only this platform’s binary is in it, outside of the archive', () => {
  expect(files().filter(file => file.endsWith('.node'))).toEqual([`/${binary}`])
  expect(statFile(archive, binary)).toMatchObject({ unpacked: true })
  expect(existsSync(join(`${archive}.unpacked`, binary))).toBe(true)
})

test('the languages that the app speaks are the only ones of Chromium', () => {
  expect(existsSync(join(unpacked, 'locales/ko.pak'))).toBe(true)
  expect(existsSync(join(unpacked, 'locales/de.pak'))).toBe(false)
})

test('the fuses let nobody run other code with the app', async () => {
  const wire = await getCurrentFuseWire(join(unpacked, 'stompbox'))
  const { DISABLE, ENABLE } = FuseState
  expect(wire).toMatchObject({
    [FuseV1Options.RunAsNode]: DISABLE,
    [FuseV1Options.EnableCookieEncryption]: ENABLE,
    [FuseV1Options.EnableNodeOptionsEnvironmentVariable]: DISABLE,
    [FuseV1Options.EnableNodeCliInspectArguments]: DISABLE,
    [FuseV1Options.EnableEmbeddedAsarIntegrityValidation]: ENABLE,
    [FuseV1Options.OnlyLoadAppFromAsar]: ENABLE,
    [FuseV1Options.GrantFileProtocolExtraPrivileges]: DISABLE,
  })
})

test('what is packed boots by itself, and makes its certificate when it hosts for the network', async () => {
  const appFolder = join(temporary, 'app')
  const userData = join(temporary, 'user-data')
  extractAll(archive, appFolder)
  mkdirSync(userData)
  const settings = { language: 'en', host: { port: 0, reach: 'lan' } }
  writeFileSync(join(userData, 'settings.json'), JSON.stringify(settings))
  const app = await _electron.launch({
    executablePath: join(root, 'test/electron-stand-in/dist/electron'),
    args: [appFolder, `--user-data-dir=${userData}`],
    colorScheme: null,
  })
  const page = await app.firstWindow()
  await page.locator('html[data-ready]').waitFor()
  expect(await app.evaluate(({ app }) => app.getVersion())).toBe(versionOf(join(root, 'package.json')))
  await page.getByRole('textbox', { name: 'Your name' }).fill('Ada')
  await page.getByRole('button', { name: /^Host a chat here/ }).click()
  await page.getByRole('button', { name: 'Your box: on' }).waitFor()
  expect(readFileSync(join(userData, 'host/host.pem'), 'utf8')).toContain('BEGIN CERTIFICATE')
  await app.close()
})

import type { Bridge } from '../../shared/bridge/bridge.ts'
import { expect, test } from './fixtures.ts'

declare const messenger: Bridge

test('the content security policy refuses what is not the app’s own', async ({ launch }) => {
  const { page } = await launch()
  const seen = await page.evaluateHandle(async () => {
    const seen = new Set<string>()
    document.addEventListener('securitypolicyviolation', event => seen.add(event.effectiveDirective))
    const add = (tag: string, properties: object): void =>
      document.body.append(Object.assign(document.createElement(tag), properties))
    add('script', { textContent: 'document.title = "inline"' })
    add('script', { src: 'https://example.invalid/foreign.js' })
    add('img', { src: 'https://example.invalid/foreign.png' })
    add('iframe', { src: 'https://example.invalid/' })
    await fetch('https://example.invalid/').catch(() => undefined)
    return seen
  })
  await expect
    .poll(() => seen.evaluate(directives => [...directives].sort()))
    .toEqual(['connect-src', 'frame-src', 'img-src', 'script-src-elem'])
  await expect(page).toHaveTitle('Stompbox')
})

test('the page has the bridge, and nothing of Node or Electron', async ({ launch }) => {
  const { page } = await launch()
  const seen = await page.evaluate(() => ({
    bridge: Object.keys(messenger).sort(),
    frozen: Object.isFrozen(messenger),
    node: ['require', 'process', 'module', 'Buffer', 'global'].filter(name => name in globalThis),
  }))
  expect(seen).toEqual({ bridge: ['command', 'onEvents'], frozen: true, node: [] })
})

test('commands that are unknown, malformed or have extra keys are refused', async ({ launch }) => {
  const { page } = await launch()
  const answers = await page.evaluate(() =>
    Promise.all([
      messenger.command('readFile', { path: '/etc/passwd' }),
      messenger.command('constructor', {}),
      messenger.command('setPerson', { name: 'Ada', admin: true }),
      messenger.command('setPerson', { name: 42 }),
      messenger.command('openExternal', { url: 'file:///etc/passwd' }),
      messenger.command('openExternal', { url: 'javascript:alert(1)' }),
    ]),
  )
  const codes = answers.map(answer => (answer.ok ? 'carried out' : answer.error.code))
  expect(codes).toEqual([
    'command-unknown',
    'command-unknown',
    'input-invalid',
    'input-invalid',
    'input-invalid',
    'input-invalid',
  ])
})

test('the window goes nowhere else and opens no other', async ({ launch }) => {
  const { app, page } = await launch()
  const before = page.url()
  await page.evaluate(() => {
    const link = Object.assign(document.createElement('a'), { href: 'https://example.invalid/away' })
    document.body.append(link)
    link.click()
    window.open('https://example.invalid/popup')
    window.open('file:///etc/passwd')
  })
  await expect.poll(() => app.evaluate(() => record.opened)).toEqual(['https://example.invalid/popup'])
  await expect.poll(() => app.windows().length).toBe(1)
  expect(page.url()).toBe(before)
  await expect(page.locator('html[data-ready]')).toBeAttached()
})

test('pages are granted no permissions', async ({ launch }) => {
  const { page } = await launch()
  const states = await page.evaluate(() =>
    Promise.all(
      (['geolocation', 'camera', 'microphone', 'notifications'] as const).map(async name => {
        return (await navigator.permissions.query({ name })).state
      }),
    ),
  )
  expect(states).toEqual(['denied', 'denied', 'denied', 'denied'])
})

test('paths out of the app’s folder lead nowhere', async ({ launch }) => {
  const { page } = await launch()
  const statuses = await page.evaluate(() =>
    Promise.all(
      ['/../main/index.js', '/%2e%2e/main/index.js', '/..%2fmain%2findex.js', '/%00', '/package.json'].map(
        async path => (await fetch(path)).status,
      ),
    ),
  )
  expect(statuses).toEqual([404, 404, 404, 404, 404])
})

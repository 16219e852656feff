import { expect, test } from 'vitest'
import { fixtureForAll } from './fixture.ts'

interface Bridge {
  echo: (value: unknown) => Promise<unknown>
  fail: () => Promise<unknown>
  nobody: () => Promise<unknown>
}
declare const bridge: Bridge

const running = fixtureForAll()

test('values cross the bridge and IPC as structured clones', async () => {
  const types = await running.page.evaluate(async () => {
    const sent = {
      date: new Date(5),
      map: new Map([['k', { n: -0 }]]),
      bytes: new Uint8Array([1, 255]),
      missing: undefined,
    }
    const back = (await bridge.echo(sent)) as typeof sent
    return [back.date.getTime(), Object.is(back.map.get('k')?.n, -0), [...back.bytes], 'missing' in back]
  })
  expect(types).toEqual([5, true, [1, 255], true])
})

test('what cannot be cloned is refused at the sender', async () => {
  const message = await running.page.evaluate(() => {
    try {
      return bridge.echo(Symbol('s'))
    } catch (error) {
      return String(error)
    }
  })
  expect(message).toContain('Unsupported type on the contextBridge')
})

test('a handler that throws and a channel without one reject with the sentences of Electron', async () => {
  const messages = await running.page.evaluate(() =>
    Promise.all([bridge.fail(), bridge.nobody()].map(call => call.catch((error: unknown) => String(error)))),
  )
  expect(messages).toEqual([
    "Error: Error invoking remote method 'fail': Error: no such thing",
    "Error: Error invoking remote method 'nobody': Error: No handler registered for 'nobody'",
  ])
})

test('the page has the bridge, frozen, and nothing of node or of the stand-in', async () => {
  const seen = await running.page.evaluate(() => [
    Object.isFrozen(bridge),
    ...['require', 'process', 'module', 'ipcRenderer', '__electronStandIn'].map(name => name in globalThis),
  ])
  expect(seen).toEqual([true, false, false, false, false, false])
})

test('the content security policy of the app’s scheme holds', async () => {
  const directive = await running.page.evaluate(
    () =>
      new Promise<string>(resolve => {
        document.addEventListener('securitypolicyviolation', event => resolve(event.effectiveDirective))
        document.head.append(Object.assign(document.createElement('script'), { textContent: 'hacked = 1' }))
      }),
  )
  expect(directive).toBe('script-src-elem')
  expect(await running.page.evaluate(() => 'hacked' in globalThis)).toBe(false)
})

test('a navigation that the app prevents does not happen, a window that it denies does not stay', async () => {
  await running.app.evaluate(({ shell }) => {
    const opened: string[] = []
    Object.assign(globalThis, { opened })
    shell.openExternal = url => Promise.resolve(void opened.push(url))
  })
  const before = running.page.url()
  await running.page.getByRole('link', { name: 'away' }).click()
  await running.page.getByRole('link', { name: 'outside' }).click()
  await expect
    .poll(() => running.app.evaluate(() => Reflect.get(globalThis, 'opened') as unknown))
    .toEqual(['https://example.invalid/outside'])
  await expect.poll(() => running.app.windows().length).toBe(1)
  expect(running.page.url()).toBe(before)
})

test('permissions are what the app says', async () => {
  const states = await running.page.evaluate(() =>
    Promise.all(
      (['notifications', 'geolocation', 'camera'] as const).map(async name => {
        return (await navigator.permissions.query({ name })).state
      }),
    ),
  )
  expect(states).toEqual(['denied', 'denied', 'denied'])
})

test('main sends to the page, in order', async () => {
  await running.app.evaluate(({ BrowserWindow }) => {
    for (const n of [1, 2, 3]) BrowserWindow.getAllWindows()[0]?.webContents.send('message', String(n))
  })
  await expect.poll(() => running.page.getByLabel('Received').textContent()).toBe('1;2;3;')
})

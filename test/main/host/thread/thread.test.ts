import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { expect, onTestFinished, test, vi } from 'vitest'
import type { HostOptions } from '../../../../main/host/ports/options.ts'
import { openHostThread } from '../../../../main/host/thread/thread.ts'
import type { HostMeasure } from '../../../../shared/contract/host-measure.ts'
import type { AppError } from '../../../../shared/contract/errors.ts'
import { connectStompjs } from '../../broker/stompjs.ts'
import { connect, contents, hostOptions } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const worker = new URL('../../../../main/host/thread/worker.ts', import.meta.url)

const start = async (options: Partial<HostOptions> = {}, entry = worker) => {
  const failures: AppError[] = []
  const host = await openHostThread(hostOptions(options), {
    worker: entry,
    onFailed: error => failures.push(error),
  })
  onTestFinished(() => host.stop().catch(() => undefined))
  return { host, failures }
}

test('people chat through a host on its own thread, and its owner gets the list of people', async () => {
  const events: string[] = []
  const { host, failures } = await start({
    log: { info: event => events.push(event), error: event => events.push(event) },
  })
  const told: string[][] = []
  host.onPeopleChanged(people => told.push(people.map(({ name }) => name)))
  const ada = await connect(host.ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general')
  await ada.send('/app/chat/message', { roomId: 'general', content: '안녕' })
  await expect.poll(() => contents(heard)).toEqual(['안녕'])
  await expect.poll(() => told.at(-1)).toEqual(['Ada'])
  expect(host.people().map(({ name }) => name)).toEqual(['Ada'])
  await Promise.all([host.stop(), host.stop()])
  await host.stop()
  expect(events).toContain('host opened')
  expect(events).toContain('host closed')
  expect(failures).toEqual([])
})

test('it is measured while there are listeners, and a second listener gets a value at once', async () => {
  const { host } = await start()
  const ada = await connect(host.ws, { login: 'Ada' })
  const first: HostMeasure[] = []
  const leave = host.onMeasured(measure => first.push(measure))
  await expect.poll(() => first.length).toBeGreaterThan(0)
  await ada.subscribe('/topic/room.general')
  await ada.send('/app/chat/message', { roomId: 'general', content: '안녕' })
  await expect.poll(() => first.at(-1)).toMatchObject({ messages: 1, deliveries: 1 })
  leave()
  const { length } = first
  const second: HostMeasure[] = []
  onTestFinished(host.onMeasured(measure => second.push(measure)))
  await expect.poll(() => second.length).toBeGreaterThan(1)
  expect(first).toHaveLength(length)
  expect(second[0]?.rooms).toMatchObject([{ roomId: 'general', people: 1, messages: 1 }])
})

test('a host with TLS reports its fingerprint', async () => {
  const { host } = await start({ tls: 'own' })
  expect(host.ws).toMatch(/^wss:/)
  expect(host.fingerprint).toMatch(/^[0-9a-f]{64}$/)
})

test('the passcode can be changed from outside; an invalid one is rejected with its error', async () => {
  const { host } = await start({ passcode: 'first one', bind: '0.0.0.0' })
  const url = `ws://127.0.0.1:${host.port}/stomp`
  await host.setPasscode('second one')
  await expect(connectStompjs(url, { passcode: 'first one' })).rejects.toThrow('passcode is wrong')
  await connect(url, { passcode: 'second one' })
  await expect(host.setPasscode(null)).rejects.toMatchObject({ error: { code: 'passcode-missing' } })
})

test('a host that can’t open reports the reason, and leaves no thread', async () => {
  const { host } = await start()
  await expect(start({ port: host.port })).rejects.toMatchObject({
    error: { code: 'port-in-use', params: { port: host.port } },
  })
  const dataDir = temporaryFolder()
  await start({ dataDir })
  await expect(start({ dataDir })).rejects.toMatchObject({ error: { code: 'cache-locked' } })
})

test('a thread that ends by itself is reported once, and later calls are rejected', async () => {
  const spy = vi.spyOn(Worker.prototype, 'postMessage')
  const { host, failures } = await start()
  const thread = spy.mock.contexts[0]
  spy.mockRestore()
  if (!(thread instanceof Worker)) throw new Error('the host has no thread')
  const ended = once(thread, 'exit')
  await thread.terminate()
  await ended
  expect(failures.map(({ code }) => code)).toEqual(['host-failed'])
  await expect(host.setPasscode('another one')).rejects.toMatchObject({ error: { code: 'host-failed' } })
  host.onMeasured(() => undefined)()
  await host.stop()
  expect(failures).toHaveLength(1)
})

test('a thread with broken code fails to open', async () => {
  const broken = new URL('data:text/javascript,throw new Error("broken")')
  await expect(start({}, broken)).rejects.toMatchObject({
    error: { code: 'host-failed', detail: 'broken' },
  })
})

test('a host ends when the thread that writes its log is broken, or ends', async () => {
  const broken = 'data:text/javascript,throw new Error("broken")'
  await expect(start({ logWorker: broken })).rejects.toMatchObject({ error: { code: 'host-failed' } })
  const logWorker = new URL('failing-log-worker.ts', import.meta.url).href
  const { host, failures } = await start({ logWorker })
  const ada = await connect(host.ws, { login: 'Ada' })
  void ada.send('/app/chat/message', { roomId: 'general', content: 'x' }).catch(() => undefined)
  await expect.poll(() => failures.map(({ code }) => code)).toEqual(['host-failed'])
})

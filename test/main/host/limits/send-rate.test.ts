import { expect, onTestFinished, test, vi } from 'vitest'
import type { Client } from '../../../../main/broker/options/hooks.ts'
import { createSendRate } from '../../../../main/host/limits/send-rate.ts'
import { connect, contents, startHost } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const clientOf = (personId: string, address = '192.168.0.2', id = personId): Client => ({
  id,
  principal: { id: personId, name: personId },
  address,
  connectedAt: 0,
  sendToUser: () => false,
  subscribes: () => false,
  destinations: () => [],
  endSubscriptions: () => undefined,
  close: () => undefined,
})

/** 1,000 bytes a second, of which 64,000 may be saved up. */
const start = () => {
  vi.useFakeTimers()
  onTestFinished(() => void vi.useRealTimers())
  const rate = createSendRate({ bytesPerSecond: 1_000, now: () => performance.now() })
  const done: string[] = []
  const send = (from: Client, bytes: number, name: string): void =>
    void rate.run(from, bytes, () => void done.push(name))
  return { rate, done, send }
}

test('saved budget is spent at once, requests beyond it are delayed, in order', async () => {
  const { done, send } = start()
  const ada = clientOf('ada')
  send(ada, 64_000, 'a')
  expect(done).toEqual(['a'])
  send(ada, 5_000, 'b')
  send(ada, 0, 'c')
  send(clientOf('bob'), 100, 'bob')
  expect(done).toEqual(['a', 'bob'])
  await vi.advanceTimersByTimeAsync(4_900)
  expect(done).toEqual(['a', 'bob'])
  await vi.advanceTimersByTimeAsync(200)
  expect(done).toEqual(['a', 'bob', 'b', 'c'])
  await vi.advanceTimersByTimeAsync(64_000)
  send(ada, 64_000, 'd')
  expect(done.at(-1)).toBe('d')
})

test('new connections get no new budget: neither a person nor, beyond four, the guests of an address', () => {
  const { done, send } = start()
  send(clientOf('ada', '192.168.0.2', 'first'), 64_000, 'a')
  send(clientOf('ada', '192.168.0.3', 'second'), 1_000, 'again')
  expect(done).toEqual(['a'])
  for (let guest = 0; guest < 10; guest += 1) send(clientOf(`guest ${guest}`), 64_000, `guest ${guest}`)
  expect(done).toEqual(['a', 'guest 0', 'guest 1', 'guest 2'])
  // Of IPv6 a /64 is one address: of the internet's, of an organisation's own, and of the link's.
  for (const network of ['2001:db8::', 'fd12:3456:789a::', 'fe80::']) {
    done.length = 0
    const names = Array.from({ length: 10 }, (_, guest) => `${network}${guest + 1}`)
    for (const name of names) send(clientOf(name, name), 64_000, name)
    expect(done).toEqual(names.slice(0, 4))
  }
})

test('delayed requests run when the host stops; an error of the work reaches its sender', async () => {
  const { rate, done, send } = start()
  const ada = clientOf('ada')
  send(ada, 64_000, 'a')
  send(ada, 500_000, 'b')
  const failed = rate.run(ada, 1, () => Promise.reject(new Error('refused')))
  const failure = expect(failed).rejects.toThrow('refused')
  send(ada, 1, 'c')
  rate.stop()
  await vi.advanceTimersByTimeAsync(0)
  await failure
  expect(done).toEqual(['a', 'b', 'c'])
})

test('a flooding client is delayed; others are not, and nothing is lost', async () => {
  const dataDir = temporaryFolder()
  const opened = await startHost({ dataDir, sendBytes: 4_096 })
  const [eve, ada] = await Promise.all([
    connect(opened.ws, { login: 'Eve' }),
    connect(opened.ws, { login: 'Ada' }),
  ])
  const heard = await ada.subscribe('/topic/room.general')
  // Thirteen are within what is saved up, the others would take a minute and a half.
  const flood = Array.from({ length: 30 }, (_, index) => ({
    roomId: 'general',
    content: `${index} ${'x'.repeat(19_900)}`,
  }))
  const stored = Promise.all(flood.map(message => eve.send('/app/chat/message', message)))
  await ada.send('/app/chat/message', { roomId: 'general', content: 'hello' })
  await expect.poll(() => contents(heard)).toContain('hello')
  await expect.poll(() => opened.counts().requestsReceived).toBe(31)
  expect(heard.length).toBeLessThan(30)
  await opened.stop()
  await stored

  const { ws } = await startHost({ dataDir })
  const history = await (await connect(ws)).subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => history.length).toBe(31)
  expect(contents(history).filter(content => content !== 'hello')).toEqual(
    flood.map(({ content }) => content),
  )
})

/** Whole sessions of several peers at once, right and wrong in every way. FUZZ_SECONDS says how long each property is tried. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { RefusedError } from '../../../main/broker/hooks.ts'
import { startBroker } from './fixture.ts'
import { ArrayHistory, numbers } from './history.ts'
import type { MemoryPeer } from './memory-peer.ts'

const milliseconds = Number(process.env.FUZZ_SECONDS ?? 4) * 1000
const budget = { numRuns: 1_000_000, interruptAfterTimeLimit: milliseconds, markInterruptAsFailure: false }
const room = '/topic/room'
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const some = <T>(...values: T[]): fc.Arbitrary<T> => fc.constantFrom(...values)
const id = some('1', '2', '3')
const destination = some(
  ...['/topic/a', room, '/topic/*', '/topic/#', '/queue/a', '/queue/b', '/temp-queue/t', '/reply-queue/x'],
  ...['/app/ok', '/app/late', '/app/refuse', '/user/queue/errors', '/nowhere', ''],
)
const header = fc.oneof(
  fc.tuple(
    some('id', 'subscription', 'transaction', 'receipt', 'message-id'),
    fc.oneof(id, some('', '1-2', '9')),
  ),
  fc.tuple(some('destination', 'reply-to'), destination),
  fc.tuple(fc.constant('ack'), some('auto', 'client', 'client-individual', 'never')),
  fc.tuple(fc.constant('prefetch-count'), some('1', '2', '100', '0', 'x')),
  fc.tuple(fc.constant('x-stream-offset'), some('first', 'last', 'next', 'offset=2', 'timestamp=1', 'x')),
  fc.tuple(fc.constant('x-queue-type'), some('stream', 'classic')),
  fc.tuple(
    some('accept-version', 'heart-beat', 'content-length'),
    some('1.2', '1.0,1.1', '0,0', '1,1', '3', '-1'),
  ),
)
const command = some(
  ...['CONNECT', 'STOMP', 'SEND', 'SUBSCRIBE', 'UNSUBSCRIBE', 'ACK', 'NACK', 'BEGIN', 'COMMIT', 'ABORT'],
  ...['DISCONNECT', 'NONSENSE'],
)
const frame = fc
  .tuple(command, fc.array(header, { maxLength: 6 }), some('', 'x', 'xyz', 'y'.repeat(600)))
  .map(
    ([name, headers, body]) => `${name}\n${headers.map(pair => `${pair.join(':')}\n`).join('')}\n${body}\0`,
  )
/** What gets far: the frames that a good client sends. */
const goodFrame = fc
  .tuple(id, some('/topic/a', room, '/topic/#', '/queue/a', '/temp-queue/t', '/app/late'))
  .chain(([name, where]) =>
    some(
      `SUBSCRIBE\nid:${name}\ndestination:${where}\nack:client\nprefetch-count:2\nx-stream-offset:first\n\n\0`,
      `SUBSCRIBE\nid:${name}\ndestination:${where}\n\n\0`,
      `SEND\ndestination:${where}\nreceipt:r\nreply-to:/temp-queue/t\n\nhello\0`,
      `SEND\ndestination:${where}\nx-queue-type:stream\n\nhello\0`,
      `UNSUBSCRIBE\nid:${name}\n\n\0`,
      `BEGIN\ntransaction:${name}\n\n\0SEND\ndestination:${where}\ntransaction:${name}\n\nt\0COMMIT\ntransaction:${name}\n\n\0`,
    ),
  )
const action = fc.oneof(
  { weight: 6, arbitrary: goodFrame.map(text => ({ give: text })) },
  { weight: 3, arbitrary: frame.map(text => ({ give: text })) },
  { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 40 }).map(text => ({ give: text })) },
  {
    weight: 4,
    arbitrary: some('confirm', 'refuse', 'stall', 'take', 'leave', 'turn', 'second', 'publish').map(what => ({
      what,
    })),
  },
)

const settle = (peer: MemoryPeer, kind: 'ACK' | 'NACK'): void => {
  const last = peer.frames.findLast(({ headers }) => headers.ack !== undefined)
  if (last) peer.send(kind, { id: last.headers.ack ?? '' })
}

test(
  'whatever some peers do, the broker never fails inside, and serves the others',
  { timeout: milliseconds + 20_000 },
  async () => {
    const run = async (steps: readonly [number, { give: string } | { what: string }][]): Promise<void> => {
      const error = vi.fn()
      const history = new ArrayHistory(room, numbers(0, 5))
      const left: string[] = []
      const { broker, clock, connect, open } = startBroker(
        {
          handleSend: (_, { destination: to }) =>
            to === '/app/refuse' ? Promise.reject(new RefusedError({ message: 'No' })) : turn(),
          handleSubscribe: () => [{ body: 'answer' }],
          disconnected: client => left.push(client.id),
        },
        {
          streams: history,
          log: { info: () => undefined, error },
          limits: { backlogBytes: 2_000, subscriptions: 4, queueMessages: 5 },
        },
      )
      const witness = await connect()
      witness.send('SUBSCRIBE', { id: 'w', destination: '/topic/witness' })
      const peers = [await connect(), await connect({}, '1.1'), await connect({}, '1.0'), open()]
      for (const [index, step] of steps) {
        const peer = peers[index]
        if (!peer) continue
        if ('give' in step) peer.give(step.give)
        else if (step.what === 'confirm') settle(peer, 'ACK')
        else if (step.what === 'refuse') settle(peer, 'NACK')
        else if (step.what === 'stall') peer.stall()
        else if (step.what === 'take') peer.takeAll()
        else if (step.what === 'turn') await turn()
        else if (step.what === 'second') clock.advance(1_000)
        else if (step.what === 'publish')
          broker.publish(room, { body: 'live', offset: history.append('live') })
        else peer.leave()
      }
      witness.send('SEND', { destination: '/topic/witness', receipt: 'alive' }, 'alive')
      for (let turns = 0; turns < 20 && witness.bodies.length === 0; turns++) await turn()
      expect(witness.bodies).toEqual(['alive'])
      expect(error.mock.calls).toEqual([])
      for (const peer of [witness, ...peers]) peer.leave()
      expect(broker.clients()).toEqual([])
      expect(new Set(left).size).toBe(left.length)
    }
    await fc.assert(fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), action), { maxLength: 60 }), run), budget)
  },
)

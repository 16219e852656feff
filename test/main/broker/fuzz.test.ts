/** Whole sessions of several peers at once, right and wrong in every way, their bytes split anywhere. */
import fc from 'fast-check'
import { expect, test, vi } from 'vitest'
import { RefusedError } from '../../../main/broker/options/hooks.ts'
import { fuzzBudget, heapUsed, timeoutFor } from '../../fuzz-budget.ts'
import { startBroker, turn } from './fixture.ts'
import { ArrayHistory, numbers } from './history.ts'
import type { MemoryPeer } from './memory-peer.ts'

const seconds = 12
const backlogBytes = 2_000
/** What a peer that does not read may have waiting: the limit, and what one turn adds. Bytes. */
const backlog = backlogBytes + 200_000
/** What may stay of all sessions together: code, caches and what fast-check remembers. Bytes. */
const allowance = 64 * 1024 * 1024
const room = '/topic/room'

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
  fc.tuple(some('durable', 'auto-delete', 'browser', 'requeue'), some('true', 'false')),
  fc.tuple(some('x-queue-name', 'activemq.subscriptionName', 'client-id'), id),
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
      `SUBSCRIBE\nid:${name}\ndestination:${where}\nack:client\ndurable:true\nauto-delete:false\n\n\0`,
      `SUBSCRIBE\nid:${name}\ndestination:${where}\nbrowser:true\n\n\0`,
      `SEND\ndestination:${where}\nreceipt:r\nreply-to:/temp-queue/t\n\nhello\0`,
      `SEND\ndestination:${where}\nx-queue-type:stream\n\nhello\0`,
      `UNSUBSCRIBE\nid:${name}\n\n\0`,
      `UNSUBSCRIBE\nid:${name}\ndurable:true\n\n\0`,
      `BEGIN\ntransaction:${name}\n\n\0SEND\ndestination:${where}\ntransaction:${name}\n\nt\0COMMIT\ntransaction:${name}\n\n\0`,
    ),
  )
/** Bytes for the broker, in parts that end at `cuts`. */
interface Given {
  give: Buffer
  cuts: number[]
}
const given = (bytes: fc.Arbitrary<Uint8Array | string>): fc.Arbitrary<Given> =>
  fc.tuple(bytes, fc.array(fc.nat(200), { maxLength: 3 })).map(([give, cuts]) => ({
    give: Buffer.from(give),
    cuts: cuts.sort((a, b) => a - b),
  }))
const action = fc.oneof(
  { weight: 6, arbitrary: given(goodFrame) },
  { weight: 3, arbitrary: given(frame) },
  {
    weight: 1,
    arbitrary: given(
      fc.oneof(fc.string({ unit: 'binary', maxLength: 40 }), fc.uint8Array({ maxLength: 40 })),
    ),
  },
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

const giveInParts = (peer: MemoryPeer, { give, cuts }: Given): void => {
  let start = 0
  for (const end of [...cuts, give.length]) {
    peer.give(give.subarray(start, end))
    start = Math.max(start, end)
  }
}

test(
  'whatever some peers do, the broker never fails inside, keeps nothing of it, and serves the others in order',
  { timeout: timeoutFor(seconds) },
  async () => {
    const run = async (steps: readonly [number, Given | { what: string }][]): Promise<void> => {
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
          limits: { backlogBytes, subscriptions: 4, queueMessages: 5 },
        },
      )
      const witness = await connect()
      witness.send('SUBSCRIBE', { id: 'w', destination: '/topic/witness' })
      let said = 0
      const say = (): void => witness.send('SEND', { destination: '/topic/witness' }, String(said++))
      const peers = [await connect(), await connect({}, '1.1'), await connect({}, '1.0'), open()]
      for (const [index, step] of steps) {
        const peer = peers[index]
        if (!peer) continue
        say()
        if ('give' in step) giveInParts(peer, step)
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
      say()
      for (let turns = 0; turns < 20 && witness.bodies.length < said; turns++) await turn()
      expect(witness.bodies).toEqual(numbers(0, said))
      for (const peer of peers) expect(peer.backlog).toBeLessThan(backlog)
      expect(error.mock.calls).toEqual([])
      for (const peer of [witness, ...peers]) peer.leave()
      expect(broker.clients()).toEqual([])
      expect(new Set(left).size).toBe(left.length)
    }
    const sessions = fc.asyncProperty(fc.array(fc.tuple(fc.nat(3), action), { maxLength: 60 }), run)
    await fc.assert(sessions, { numRuns: 50 })
    const before = heapUsed()
    await fc.assert(sessions, fuzzBudget(seconds))
    expect(heapUsed() - before).toBeLessThan(allowance)
  },
)

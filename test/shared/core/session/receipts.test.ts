import { expect, test } from 'vitest'
import {
  firstReceiptDeadline,
  receiptDeadline,
  Receipts,
  silenceDeadline,
  settlingTime,
  type Outgoing,
} from '../../../../shared/core/session/receipts.ts'
import type { SentFrame } from '../../../../shared/core/session/poison.ts'
import { fakeClock } from '../fake-clock.ts'

const frame = (body: string): SentFrame => ({ command: 'SEND', destination: '/topic/a', body })

/** Frames that a test sends, by their bodies, and what has become of them. */
const pending = (oneByOne = false) => {
  const clock = fakeClock()
  const receipts = new Receipts(clock, oneByOne)
  const told: string[] = []
  /** Receipt ids by body, in the order in which the frames went out. */
  const wire = new Map<string, string>()
  const send = (body: string, change: Partial<Outgoing> = {}): void =>
    receipts.send({
      frame: frame(body),
      transmit(id) {
        wire.set(body, id)
        return true
      },
      settle: outcome => told.push(`${body} ${outcome}`),
      refuse: error => told.push(`${body} ${error.code}`),
      ...change,
    })
  return { clock, receipts, told, wire, send, id: (body: string): string => wire.get(body) ?? '' }
}

test('a receipt settles its frame once, in any order', () => {
  const { receipts, clock, told, send, id } = pending()
  send('a')
  send('b')
  expect(id('a')).not.toBe(id('b'))
  receipts.settle(id('b'))
  receipts.settle(id('b'))
  expect(told).toEqual(['b received'])
  receipts.settle(id('a'))
  expect(told).toEqual(['b received', 'a received'])
  expect(clock.waiting()).toBe(0)
})

test('without a receipt the outcome is unknown after a while', () => {
  const { receipts, clock, told, send, id } = pending()
  send('a')
  clock.advance(receiptDeadline)
  receipts.settle(id('a'))
  expect(told).toEqual(['a unknown'])
})

test('a refusal applies to the named frame, once', () => {
  const { receipts, told, send, id } = pending()
  send('a')
  send('b')
  expect(receipts.refuse(id('b'), { code: 'server-error' })).toBe(true)
  expect(receipts.refuse(id('b'), { code: 'server-error' })).toBe(false)
  expect(told).toEqual(['b server-error'])
  expect(receipts.ids()).toEqual([id('a')])
})

test('one by one, a frame waits for the receipt or the refusal of the previous one', () => {
  const { receipts, wire, send, id } = pending(true)
  for (const body of ['a', 'b', 'c', 'd']) send(body)
  expect([...wire.keys()]).toEqual(['a'])
  receipts.settle(id('a'))
  expect([...wire.keys()]).toEqual(['a', 'b'])
  receipts.refuse(id('b'), { code: 'server-error' })
  expect([...wire.keys()]).toEqual(['a', 'b', 'c'])
  expect(receipts.isIdle()).toBe(false)
  receipts.release()
  expect([...wire.keys()]).toEqual(['a', 'b', 'c', 'd'])
})

test('one by one, a server without receipts has processed a frame after a silent while', () => {
  const { receipts, clock, wire, send } = pending(true)
  send('a')
  send('b')
  clock.advance(silenceDeadline - 1)
  expect(receipts.suspects()).toEqual([frame('a')])
  expect([...wire.keys()]).toEqual(['a'])
  clock.advance(1)
  expect(receipts.suspects()).toEqual([frame('b')])
  clock.advance(silenceDeadline)
  expect(receipts.isIdle()).toBe(true)
})

test('one by one, a frame that is no longer wanted delays none', () => {
  const { receipts, wire, send, id } = pending(true)
  send('a')
  send('b', { transmit: () => false })
  send('c')
  receipts.settle(id('a'))
  expect([...wire.keys()]).toEqual(['a', 'c'])
})

test('the end of the session rejects all frames, and accepts no more', () => {
  const { receipts, clock, told, send } = pending(true)
  for (const body of ['a', 'b', 'c']) send(body)
  receipts.end({ code: 'connection-lost' }, null)
  send('d')
  expect(told).toEqual(['a connection-lost', 'b connection-lost', 'c connection-lost'])
  expect(clock.waiting()).toBe(0)
})

test('the frame that ended the session gets its own error', () => {
  const { receipts, told, send } = pending()
  send('a')
  send('b')
  receipts.end({ code: 'connection-lost' }, { frame: frame('b'), error: { code: 'frame-too-large' } })
  expect(told).toEqual(['a connection-lost', 'b frame-too-large'])
})

test('the first receipt, of any frame, shows that the server sends receipts', async () => {
  const { receipts } = pending()
  expect(receipts.seen()).toBe(false)
  const given = receipts.given()
  receipts.settle('unknown')
  expect(await given).toBe(true)
  expect(await receipts.given()).toBe(true)
  expect(receipts.seen()).toBe(true)
})

test('a server without receipts is detected by its silence, or at the end of the session', async () => {
  const { receipts, clock } = pending()
  const given = receipts.given()
  clock.advance(firstReceiptDeadline)
  expect(await given).toBe(false)
  const again = receipts.given()
  receipts.end({ code: 'connection-lost' }, null)
  expect(await again).toBe(false)
  expect(clock.waiting()).toBe(0)
})

test('a SUBSCRIBE answered just now is still a suspect, and one by one the next frame waits for it', () => {
  const { receipts, clock, wire, send, id } = pending(true)
  const subscribe: SentFrame = { command: 'SUBSCRIBE', destination: '/topic/a', body: '' }
  send('room', { frame: subscribe })
  send('a')
  receipts.settle(id('room'))
  expect(receipts.suspects()).toEqual([subscribe])
  expect(receipts.isIdle()).toBe(false)
  clock.advance(settlingTime - 1)
  expect([...wire.keys()]).toEqual(['room'])
  clock.advance(1)
  expect([...wire.keys()]).toEqual(['room', 'a'])
  expect(receipts.suspects()).toEqual([frame('a')])
  receipts.settle(id('a'))
  expect(receipts.suspects()).toEqual([])
  expect(receipts.isIdle()).toBe(true)
  send('room again', { frame: subscribe })
  receipts.settle(id('room again'))
  receipts.end({ code: 'connection-lost' }, null)
  expect(clock.waiting()).toBe(0)
})

import { expect, test, vi } from 'vitest'
import { firstReceiptDeadline, pendingReceipts, receiptDeadline } from '../../../shared/core/receipts.ts'
import { fakeClock } from './fake-clock.ts'

const pending = () => {
  const clock = fakeClock()
  return { clock, receipts: pendingReceipts(clock), settle: vi.fn(), refuse: vi.fn() }
}

test('a receipt settles its frame once, whatever the order', () => {
  const { receipts, clock, settle, refuse } = pending()
  const [a, b] = [receipts.next(settle, refuse), receipts.next(settle, refuse)]
  expect(a).not.toBe(b)
  receipts.settle(b)
  receipts.settle(b)
  expect(settle).toHaveBeenCalledExactlyOnceWith('received')
  receipts.settle(a)
  expect(settle).toHaveBeenCalledTimes(2)
  expect(refuse).not.toHaveBeenCalled()
  expect(clock.waiting()).toBe(0)
})

test('without a receipt the outcome is unknown after a while', () => {
  const { receipts, clock, settle } = pending()
  const id = receipts.next(settle, vi.fn())
  clock.advance(receiptDeadline)
  expect(settle).toHaveBeenCalledExactlyOnceWith('unknown')
  receipts.settle(id)
  expect(settle).toHaveBeenCalledOnce()
})

test('a refusal goes to the named frame, or to the oldest', () => {
  const { receipts, settle } = pending()
  const refused = [vi.fn(), vi.fn(), vi.fn()]
  const ids = refused.map(refuse => receipts.next(settle, refuse))
  const error = { code: 'server-error' } as const
  expect(receipts.refuse(ids[1] ?? '', error)).toBe(true)
  expect(receipts.refuse(ids[1] ?? '', error)).toBe(false)
  expect(receipts.refuseOldest(error)).toBe(true)
  expect(refused.map(refuse => refuse.mock.calls.length)).toEqual([1, 1, 0])
  receipts.settle(ids[2] ?? '')
  expect(receipts.refuseOldest(error)).toBe(false)
})

test('the end of the session refuses everything', () => {
  const { receipts, clock, settle, refuse } = pending()
  receipts.next(settle, refuse)
  receipts.next(settle, refuse)
  receipts.end({ code: 'connection-lost' })
  expect(refuse.mock.calls).toEqual([[{ code: 'connection-lost' }], [{ code: 'connection-lost' }]])
  expect(clock.waiting()).toBe(0)
})

test('whether receipts are given is told by the first one, of whatever frame', async () => {
  const { receipts } = pending()
  expect(receipts.seen()).toBe(false)
  const given = receipts.given()
  receipts.settle('unknown')
  expect(await given).toBe(true)
  expect(await receipts.given()).toBe(true)
  expect(receipts.seen()).toBe(true)
})

test('a server that gives none is taken at its silence, at the end of the session too', async () => {
  const { receipts, clock } = pending()
  const given = receipts.given()
  clock.advance(firstReceiptDeadline)
  expect(await given).toBe(false)
  const again = receipts.given()
  receipts.end({ code: 'connection-lost' })
  expect(await again).toBe(false)
  expect(clock.waiting()).toBe(0)
})

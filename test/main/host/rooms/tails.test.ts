import { expect, test } from 'vitest'
import { openTails } from '../../../../main/host/rooms/tails.ts'
import { MemoryRoomLog } from '../ports/memory-room-log.ts'
import { message } from '../ports/room-logs.ts'

const start = async () => {
  const clock = { now: 1_000 }
  const log = new MemoryRoomLog(() => clock.now)
  log.add('general')
  await log.append([message('a'), message('b')])
  return { clock, tails: await openTails(log, () => clock.now) }
}

test('reads the tails when it is opened, and follows new messages', async () => {
  const { tails } = await start()
  expect([tails.next('general'), tails.next('nowhere'), tails.stored()]).toEqual([2, 0, 0])
  tails.moved('general', { offset: 2, sentAt: 2_000 })
  tails.moved('new', { offset: 0, sentAt: 2_000 })
  expect([tails.next('general'), tails.next('new'), tails.stored()]).toEqual([3, 1, 2])
  tails.forget('general')
  expect([tails.next('general'), tails.stored()]).toEqual([0, 2])
})

test('knows the activity of a room: messages of the last minute, and the time of the last one', async () => {
  const { tails, clock } = await start()
  expect(tails.activity('general')).toEqual({ count: 0, lastAt: 1_000 })
  expect(tails.activity('nowhere')).toEqual({ count: 0, lastAt: null })
  for (const [offset, now] of [1_000, 30_000, 30_500].entries()) {
    clock.now = now
    tails.moved('general', { offset, sentAt: now })
  }
  const counts = [31_000, 60_999, 61_000, 89_999, 90_000].map(now => {
    clock.now = now
    return tails.activity('general').count
  })
  expect(counts).toEqual([3, 3, 2, 2, 0])
  expect(tails.activity('general')).toEqual({ count: 0, lastAt: 30_500 })
})

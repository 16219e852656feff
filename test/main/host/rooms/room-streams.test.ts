import { expect, test } from 'vitest'
import { openTails } from '../../../../main/host/rooms/tails.ts'
import { roomStreams } from '../../../../main/host/rooms/room-streams.ts'
import { storedRoom } from '../fixture.ts'
import { MemoryRoomLog } from '../ports/memory-room-log.ts'
import { message, text } from '../ports/room-logs.ts'

const destination = '/topic/room.general'

const start = async () => {
  const log = new MemoryRoomLog(() => 1_000)
  log.add('general')
  await log.append([message('a'), message('b')])
  const tails = await openTails(log, () => 1_000)
  const room = { ...storedRoom('general'), archived: false, standings: new Map() }
  let reads = 0
  const counting = {
    bounds: log.bounds.bind(log),
    offsetAt: log.offsetAt.bind(log),
    read: (...page: Parameters<typeof log.read>) => {
      reads += 1
      return log.read(...page)
    },
  }
  const streams = roomStreams(counting, { find: () => room }, tails)
  const read = async (offset = 0) =>
    (await streams.read(destination, offset, 10)).map(({ body }) => text(body))
  return { log, tails, read, reads: () => reads }
}

test('equal reads in one tick share one read of the log, later ones do not', async () => {
  const { read, reads } = await start()
  const all = await Promise.all([read(), read(), read(1), read()])
  expect(all).toEqual([
    ['a at 1000', 'b at 1000'],
    ['a at 1000', 'b at 1000'],
    ['b at 1000'],
    ['a at 1000', 'b at 1000'],
  ])
  expect(reads()).toBe(2)
  await new Promise(resolve => setImmediate(resolve))
  await read()
  expect(reads()).toBe(3)
})

test('a read after a broadcast includes its message, even in the same tick', async () => {
  const { log, tails, read } = await start()
  const before = read()
  await log.append([message('c')])
  tails.moved('general', { offset: 2, sentAt: 1_000 })
  expect(await read()).toEqual(['a at 1000', 'b at 1000', 'c at 1000'])
  expect(await before).toHaveLength(2)
})

import { expect, test, vi } from 'vitest'
import type { RoomRows } from '../../../shared/cache/room-rows.ts'
import { RoomWriter } from '../../../shared/cache/room-writer.ts'
import type { ArrivedMessage } from '../../../shared/cache/stored.ts'
import { general, id, kept, newRoom } from '../core/message-cache/fixtures.ts'
import { emptySummary, memoryRows, messagesOf, type MemoryRoom } from '../core/memory-rows.ts'

/** A room whose look-ups are counted. */
const countedRoom = () => {
  let seq = 0
  const room: MemoryRoom = {
    room: { ...newRoom('general'), key: general, draft: '', invitedBy: null },
    summary: emptySummary(null),
    records: [],
    followedUntil: null,
    relations: [],
  }
  const rows = memoryRows(room, () => ++seq)
  const lookUps = (['byId', 'timeBefore', 'newestChat', 'countAfter', 'relationsTo'] as const).map(name =>
    vi.spyOn<RoomRows, typeof name>(rows, name),
  )
  const store = (arrived: readonly ArrivedMessage[]) => {
    const writer = new RoomWriter(rows, [])
    for (const message of arrived) writer.put(message, null)
    writer.save()
    return lookUps.map(each => each.mock.calls.length)
  }
  return { room, store }
}
const history = (from: number, to: number): ArrivedMessage[] =>
  Array.from({ length: to - from }, (_, n) => kept(`m${from + n}`, from + n, from + n))

test('new messages in order need one look-up, however many they are, also after a deletion', () => {
  const deletion = kept('d', 100, 100, {
    type: 'DELETE',
    relation: { kind: 'delete', target: id('m99'), targetOffset: 99 },
  })
  const { store } = countedRoom()
  expect(store(history(0, 100))).toEqual([0, 1, 0, 0, 0])
  expect(store([deletion, ...history(101, 200)])).toEqual([1, 2, 1, 1, 0])
})

test('a message behind a gap stands after every message with a lower offset', () => {
  const { room, store } = countedRoom()
  store([kept('late', 7, 900)])
  store([kept('a', 1, 10), kept('b', 9, 20), kept('c', 10, 30), kept('d', 3, 40)])
  expect(messagesOf(room).map(message => message.id)).toEqual(['a', 'd', 'late', 'b', 'c'])
})

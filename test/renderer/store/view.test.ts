import { expect, test } from 'vitest'
import { roomsOf, roomsToJoin, viewOfServer } from '../../../renderer/store/view.ts'
import type { Room, RoomKey } from '../../../shared/contract/model.ts'
import { aRoom, aServer } from '../../shared/contract/examples.ts'

const record = (...rooms: Room[]): Record<RoomKey, Room> =>
  Object.fromEntries(rooms.map(room => [room.key, room]))
const rooms = record(
  aRoom('zebra'),
  aRoom('방 10'),
  aRoom('방 9'),
  aRoom('left', { joined: false }),
  aRoom('apple', { joined: false }),
  aRoom('other', { server: 's2' }),
)
const names = (list: Room[]): string[] => list.map(room => room.name)
const server = aServer().id

test('the list holds the joined rooms of one server, by name and by the value of numbers', () => {
  expect(names(roomsOf(rooms, server))).toEqual(['zebra', '방 9', '방 10'])
  expect(roomsOf(rooms, null)).toEqual([])
})

test('people stand after the rooms', () => {
  const people = record(aRoom('a', { kind: 'direct' }), aRoom('b'), aRoom('c', { kind: 'private' }))
  expect(names(roomsOf(people, server))).toEqual(['b', 'c', 'a'])
})

test('only public rooms are there to be joined', () => {
  const gone = record(
    aRoom('banned', { joined: false, absence: 'banned' }),
    aRoom('deleted', { joined: false, absence: 'gone' }),
    aRoom('a', { kind: 'private', joined: false }),
    aRoom('b', { joined: false }),
  )
  expect(names(roomsToJoin(gone, server))).toEqual(['b'])
})

test('the rooms to join are the others of that server', () => {
  expect(names(roomsToJoin(rooms, server))).toEqual(['apple', 'left'])
})

test('two rooms of one name keep their order', () => {
  const twins = record(aRoom('b', { name: 'same' }), aRoom('a', { name: 'same' }))
  expect(roomsOf(twins, server).map(room => room.roomId)).toEqual(['a', 'b'])
})

test('a server opens the room that was open last, else its first, else itself', () => {
  expect(viewOfServer(rooms, server, aRoom('방 9').key)).toMatchObject({ name: 'room', room: 's1/방 9' })
  expect(viewOfServer(rooms, server, aRoom('left').key)).toMatchObject({ name: 'room', room: 's1/zebra' })
  expect(viewOfServer({}, server)).toEqual({ name: 'server', serverId: 's1' })
})

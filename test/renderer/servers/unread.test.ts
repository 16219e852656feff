import { expect, test } from 'vitest'
import { nameOfAddress } from '../../../renderer/servers/address.ts'
import { unreadOf } from '../../../renderer/servers/unread.ts'
import { aRoom, aServer } from '../../shared/contract/examples.ts'

test('the unread messages of a server are those of its joined rooms; those from one person alone count as for oneself', () => {
  const rooms = [
    aRoom('a', { unread: 3, mentions: 1 }),
    aRoom('b', { unread: 2 }),
    aRoom('d', { kind: 'direct', unread: 4 }),
    aRoom('left', { unread: 9, mentions: 9, joined: false }),
    aRoom('c', { server: 's2', unread: 5 }),
  ]
  const record = Object.fromEntries(rooms.map(room => [room.key, room]))
  expect(unreadOf(record, aServer().id)).toEqual({ unread: 9, mentions: 5 })
  expect(unreadOf(record, null)).toEqual({ unread: 0, mentions: 0 })
})

test.each([
  ['ws://192.168.0.14:7070/stomp', '192.168.0.14:7070'],
  ['rabbit.staging:15674/ws?x=1', 'rabbit.staging:15674'],
  ['localhost', 'localhost'],
])('a server without a name is called after its address: %s', (address, name) => {
  expect(nameOfAddress(address)).toBe(name)
})

import { expect, test } from 'vitest'
import { countUnread } from '../../../main/desktop/unread.ts'
import { aRoom } from '../../shared/contract/examples.ts'

test('nothing is unread at first', () => {
  expect(countUnread([])).toEqual({ messages: 0, mentions: 0, rooms: [] })
  expect(countUnread([aRoom('a')]).messages).toBe(0)
})

test('counts what is unread in the rooms that the person is in', () => {
  const unread = countUnread([
    aRoom('a', { unread: 2 }),
    aRoom('b', { unread: 5, mentions: 1 }),
    aRoom('direct', { kind: 'direct', unread: 3 }),
    aRoom('left', { unread: 40, joined: false }),
  ])
  expect(unread).toMatchObject({ messages: 10, mentions: 4 })
})

test('those who name the person come first, then the newest', () => {
  const last = (at: number) => ({ unread: 1, last: { sender: 'A', content: '', at } })
  const rooms = [
    aRoom('old', last(1)),
    aRoom('new', last(9)),
    aRoom('mention', { ...last(2), mentions: 1 }),
    aRoom('silent', { unread: 1 }),
  ]
  expect(countUnread(rooms).rooms.map(({ name }) => name)).toEqual(['mention', 'new', 'old', 'silent'])
  expect(rooms[0]?.name).toBe('old')
})

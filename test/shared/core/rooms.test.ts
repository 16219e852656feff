import { expect, test } from 'vitest'
import { roomIdSchema, roomKey, serverIdSchema, type Room } from '../../../shared/contract/model.ts'
import {
  applyDirectory,
  applyListed,
  applyRemoved,
  mentionsPerson,
  type ListedRoom,
} from '../../../shared/core/rooms.ts'

const serverId = serverIdSchema.parse('home')
const listed = (id: string, change: Partial<ListedRoom> = {}): ListedRoom => ({
  roomId: roomIdSchema.parse(id),
  kind: 'public',
  name: id,
  topic: '',
  personId: null,
  archived: false,
  nextOffset: 7,
  ...change,
})
const saved = (id: string, change: Partial<ListedRoom> = {}) => {
  const { nextOffset: _nextOffset, ...room } = listed(id, change)
  return room
}
const known = (id: string, change: Partial<Room> = {}): Room => ({
  ...saved(id),
  key: roomKey(serverId, roomIdSchema.parse(id)),
  serverId,
  joined: true,
  unread: 0,
  mentions: 0,
  lastReadId: null,
  last: { sender: '민준', content: '안녕', at: 1 },
  draft: '',
  ...change,
})

test('a listed room that is new is joined with its history read, a changed one keeps whether it is, an unchanged one is left alone', () => {
  expect(applyListed(undefined, listed('a'))).toEqual({ ...saved('a'), joined: true, readOffset: 7 })
  expect(applyListed(known('a', { joined: false }), listed('a', { topic: '새 주제' }))).toEqual({
    ...saved('a', { topic: '새 주제' }),
    joined: false,
  })
  expect(applyListed(known('a'), listed('a'))).toBeNull()
  const direct = { kind: 'direct', personId: 'm' } as const
  expect(applyListed(known('a'), listed('a', direct))).toEqual({ ...saved('a', direct), joined: true })
})

test('an archived room stays where it is; nobody is put into a public one any more, but the people of a private one have it', () => {
  const archived = { archived: true }
  expect(applyListed(known('a'), listed('a', archived))).toEqual({ ...saved('a', archived), joined: true })
  const fresh = (kind: Room['kind']) => applyListed(undefined, listed('a', { ...archived, kind }))
  expect([fresh('public')?.joined, fresh('private')?.joined]).toEqual([false, true])
})

test('a removed room is left while something was said or written there, else forgotten', () => {
  expect(applyRemoved(known('a'))).toEqual({ save: [{ ...saved('a'), joined: false }], remove: [] })
  expect(applyRemoved(known('a', { joined: false }))).toEqual({ save: [], remove: [] })
  const empty = known('a', { last: null })
  expect(applyRemoved(empty)).toEqual({ save: [], remove: [empty] })
  expect(applyRemoved(known('a', { last: null, draft: '쓰던' })).remove).toEqual([])
})

test('a public room that was made while the person was away is news from its beginning; a room joined late is not', () => {
  const away = [listed('same'), listed('made'), listed('invited', { kind: 'private' })]
  expect(applyDirectory([known('same')], away, true).save).toEqual([
    { ...saved('made'), joined: true, readOffset: null },
    { ...saved('invited', { kind: 'private' }), joined: true, readOffset: 7 },
  ])
})

test('a whole directory adds, changes and leaves', () => {
  const empty = known('empty', { last: null })
  expect(
    applyDirectory([known('same'), known('gone'), empty], [listed('same'), listed('new')], false),
  ).toEqual({
    save: [
      { ...saved('new'), joined: true, readOffset: 7 },
      { ...saved('gone'), joined: false },
    ],
    remove: [empty],
  })
})

test('only chat of others mentions', () => {
  const message = { type: 'CHAT', own: false, content: '@지우 안녕' }
  expect(mentionsPerson(message, '지우')).toBe(true)
  expect(mentionsPerson({ ...message, own: true }, '지우')).toBe(false)
  expect(mentionsPerson({ ...message, type: 'JOIN' }, '지우')).toBe(false)
  expect(mentionsPerson(message, '민준')).toBe(false)
})

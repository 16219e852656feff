import { expect, test } from 'vitest'
import { roomIdSchema, roomKey, serverIdSchema, type Room } from '../../../../shared/contract/model.ts'
import { applyDirectory, applyListed, applyRemoved } from '../../../../shared/core/rooms/listed-rooms.ts'
import type { ListedRoom } from '../../../../shared/core/dialect/dialect.ts'

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
const here = { joined: true, absence: null }
const taken = (id: string, change: Partial<ListedRoom> = {}) => ({
  ...saved(id, change),
  ...here,
  readOffset: 7,
})
const known = (id: string, change: Partial<Room> = {}): Room => ({
  ...saved(id),
  key: roomKey(serverId, roomIdSchema.parse(id)),
  serverId,
  joined: true,
  absence: null,
  unread: 0,
  mentions: 0,
  lastReadId: null,
  last: { sender: '민준', content: '안녕', at: 1 },
  draft: '',
  invitedBy: null,
  ...change,
})

test('a new room is joined with its history read, a changed one keeps its membership, an unchanged one is not saved', () => {
  expect(applyListed(undefined, listed('a'))).toEqual(taken('a'))
  expect(applyListed(known('a', { joined: false }), listed('a', { topic: '새 주제' }))).toEqual({
    ...saved('a', { topic: '새 주제' }),
    joined: false,
    absence: null,
  })
  expect(applyListed(known('a'), listed('a'))).toBeNull()
  const direct = { kind: 'direct', personId: 'm' } as const
  expect(applyListed(known('a'), listed('a', direct))).toEqual({ ...saved('a', direct), ...here })
})

test('an archived room stays as it is; nobody joins an archived public room, but people of a private one have it', () => {
  const archived = { archived: true }
  expect(applyListed(known('a'), listed('a', archived))).toEqual({ ...saved('a', archived), ...here })
  const fresh = (kind: Room['kind']) => applyListed(undefined, listed('a', { ...archived, kind }))
  expect([fresh('public')?.joined, fresh('private')?.joined]).toEqual([false, true])
})

test('a room removed from the person stays, with the reason; with the next directory it is removed if it is empty', () => {
  for (const room of [known('a'), known('a', { last: null })])
    expect(applyRemoved(room, 'banned')).toEqual({
      save: [{ ...saved('a'), joined: false, absence: 'banned' }],
      remove: [],
    })
  const out = { joined: false, absence: 'removed' } as const
  expect(applyRemoved(known('a', out), 'gone')).toEqual({ save: [], remove: [] })
  const empty = known('a', { ...out, last: null })
  expect(applyRemoved(empty, 'gone')).toEqual({ save: [], remove: [empty] })
  expect(applyRemoved(known('a', { ...out, last: null, draft: '쓰던' }), 'gone').remove).toEqual([])
})

test.each([
  ['private', 'removed', true],
  ['private', 'gone', true],
  ['private', 'left', false],
  ['public', 'banned', true],
  ['public', 'gone', true],
  ['public', 'removed', false],
  ['public', 'left', false],
  ['public', null, false],
] as const)('a listed %s room that the person is out of (%s): joined again %s', (kind, absence, isBack) => {
  const out = known('a', { kind, joined: false, absence })
  const { save } = applyDirectory([out], [listed('a', { kind })], true)
  expect(save).toEqual(isBack ? [taken('a', { kind })] : [])
})

test('a public room made while the person was away is unread from its beginning; a room joined late is not', () => {
  const away = [listed('same'), listed('made'), listed('invited', { kind: 'private' })]
  expect(applyDirectory([known('same')], away, true).save).toEqual([
    { ...saved('made'), ...here, readOffset: null },
    taken('invited', { kind: 'private' }),
  ])
})

test('a complete directory adds, changes and removes rooms', () => {
  const empty = known('empty', { last: null, joined: false })
  expect(
    applyDirectory([known('same'), known('gone'), empty], [listed('same'), listed('new')], false),
  ).toEqual({
    save: [taken('new'), { ...saved('gone'), joined: false, absence: 'gone' }],
    remove: [empty],
  })
})

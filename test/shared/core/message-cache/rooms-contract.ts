import { describe, expect, test } from 'vitest'
import { roomIdSchema, roomKey } from '../../../../shared/contract/model.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { aRoom } from '../../contract/examples.ts'
import {
  home,
  work,
  general,
  random,
  office,
  id,
  server,
  live,
  mine,
  newRoom,
  codeOf,
  type Box,
} from './fixtures.ts'

export const roomsContract = (box: Box): void => {
  describe('people, servers and rooms', () => {
    test('keeps until when rooms were followed', async () => {
      for (const key of [general, random]) expect(await box.cache.followedUntil(key)).toBeNull()
      await box.cache.saveFollowed([general, random], 5)
      await box.cache.saveFollowed([random], null)
      await box.reopen()
      expect([await box.cache.followedUntil(general), await box.cache.followedUntil(random)]).toEqual([
        5,
        null,
      ])
    })

    test('starts empty and keeps the person and the servers', async () => {
      expect((await box.cache.load()).person).toBeNull()
      await box.cache.savePerson({ name: '지우' })
      await box.cache.saveServer({
        ...server(home),
        name: '집',
        profile: profileOf({ connect: { login: 'jiwoo', virtualHost: '/v' } }),
        fingerprint: 'ab'.repeat(32),
        enabled: false,
      })
      await box.reopen()
      const { person, servers } = await box.cache.load()
      expect(person).toEqual({ name: '지우' })
      expect(servers).toEqual([
        {
          ...server(home),
          name: '집',
          profile: profileOf({ connect: { login: 'jiwoo', virtualHost: '/v' } }),
          fingerprint: 'ab'.repeat(32),
          enabled: false,
        },
      ])
    })

    test('a new room has nothing unread, no preview and no draft', async () => {
      expect(await box.roomNow(general)).toEqual(aRoom('general', { server: 'home' }))
    })

    test('saving a known room changes kind, name, topic, person, joined, absence and archived, and nothing else', async () => {
      await box.cache.storeMessages([live('a', 1), live('b', 2, { mentionsMe: true })])
      await box.cache.markRead(general, id('a'))
      await box.cache.saveDraft(general, '초안')
      const change = {
        kind: 'direct',
        name: '새 이름',
        topic: '주제',
        personId: 'm1',
        joined: false,
        absence: 'banned',
        archived: true,
      } as const
      const room = await box.cache.saveRoom({
        serverId: home,
        roomId: roomIdSchema.parse('general'),
        ...change,
      })
      expect(room).toMatchObject({ ...change, unread: 1, mentions: 1, lastReadId: 'a', draft: '초안' })
      expect(room.last).toMatchObject({ content: 'text of b' })
      expect(await box.roomNow(general)).toEqual(room)
    })

    test('removing a server takes its rooms, messages and outbox along, and leaves the others', async () => {
      await box.cache.saveServer(server(work))
      await box.cache.saveRoom({
        serverId: work,
        roomId: roomIdSchema.parse('general'),
        name: 'w',
        kind: 'public',
        topic: '',
        personId: null,
        joined: true,
        absence: null,
        archived: false,
      })
      await box.cache.queueMessage(mine('a', 1))
      await box.cache.storeMessages([live('b', 2, { room: office })])
      await box.cache.removeServer(home)
      const { servers, rooms } = await box.cache.load()
      expect(servers.map(each => each.id)).toEqual([work])
      expect(rooms.map(room => room.key)).toEqual([office])
      expect(await box.cache.listOutbox(home)).toEqual([])
      expect((await box.cache.searchMessages({ query: 'text', limit: 10 })).hits).toHaveLength(1)
    })

    test('removing a room takes its messages along', async () => {
      await box.cache.storeMessages([live('a', 1), live('b', 2, { room: random })])
      await box.cache.queueMessage(mine('c', 3))
      await box.cache.removeRoom(general)
      expect((await box.cache.load()).rooms.map(room => room.key)).toEqual([random])
      expect(await box.cache.listOutbox(home)).toEqual([])
      expect((await box.cache.searchMessages({ query: 'text', limit: 10 })).hits).toHaveLength(1)
      expect(await codeOf(box.cache.listMessages({ room: general, limit: 10 }))).toBe('not-found')
    })

    test('keeps an open invitation until the room is opened, or the person is not in it any more', async () => {
      const room = newRoom('plans', { kind: 'private', invitedBy: '지우' })
      const { key, invitedBy } = await box.cache.saveRoom(room)
      expect(invitedBy).toBe('지우')
      const { invitedBy: _invitedBy, ...renamed } = { ...room, name: 'renamed' }
      expect(await box.cache.saveRoom(renamed)).toMatchObject({ name: 'renamed', invitedBy: '지우' })
      await box.reopen()
      expect(await box.roomNow(key)).toMatchObject({ invitedBy: '지우' })
      expect(await box.cache.endInvitation(key)).toMatchObject({ invitedBy: null })
      await box.reopen()
      expect(await box.cache.saveRoom(renamed)).toMatchObject({ invitedBy: null })
      expect(await box.cache.saveRoom({ ...room, invitedBy: '' })).toMatchObject({ invitedBy: '' })
      expect(await box.cache.saveRoom({ ...renamed, joined: false })).toMatchObject({ invitedBy: null })
      expect(await box.cache.saveRoom(renamed)).toMatchObject({ invitedBy: null })
    })

    test('keeps a draft as typed', async () => {
      expect((await box.cache.saveDraft(general, ' 안녕\n하')).draft).toBe(' 안녕\n하')
      await box.reopen()
      expect((await box.roomNow(general))?.draft).toBe(' 안녕\n하')
    })

    test('what names a room or a message that is not there is refused', async () => {
      const nowhere = roomKey(home, roomIdSchema.parse('nowhere'))
      expect(await codeOf(box.cache.saveDraft(nowhere, ''))).toBe('not-found')
      expect(await codeOf(box.cache.endInvitation(nowhere))).toBe('not-found')
      expect(await codeOf(box.cache.markRead(general, id('x')))).toBe('not-found')
      expect(await codeOf(box.cache.queueMessage(mine('a', 1, { room: nowhere })))).toBe('not-found')
      expect(await codeOf(box.cache.discardMessage(general, id('x')))).toBe('not-found')
      expect(await codeOf(box.cache.listMessages({ room: general, before: id('x'), limit: 5 }))).toBe(
        'not-found',
      )
      expect(await box.cache.setDelivery(general, id('x'), 'sent')).toBeNull()
    })
  })
}

import { expect, test } from 'vitest'
import { roomIdSchema, roomKey, serverIdSchema } from '../../../../shared/contract/model.ts'
import type { Dialect } from '../../../../shared/core/dialect/dialect.ts'
import { connect } from '../../../main/host/fixture.ts'
import { messageId } from '../../contract/examples.ts'
import { hostDialect, spokenAt } from '../dialect/spoken.ts'
import { guestOf, startHost } from '../people.ts'
import { until } from '../until.ts'

const decode = (dialect: Dialect, change: Record<string, unknown> = {}) =>
  dialect.decode(
    {
      headers: { 'x-stream-offset': '7' },
      body: JSON.stringify({ id: 'd', type: 'DELETE', target: 'm1', targetOffset: 3, ...change }),
    },
    {
      room: roomKey(serverIdSchema.parse('home'), roomIdSchema.parse('general')),
      name: '지우',
      now: 1,
      nextId: () => 'made',
    },
  )

test('a host says which message is deleted; on other servers anybody could claim it', () => {
  expect(decode(hostDialect())).toMatchObject({
    type: 'DELETE',
    content: '',
    relation: { kind: 'delete', target: 'm1', targetOffset: 3 },
  })
  expect(decode(spokenAt({}))).not.toHaveProperty('relation')
  expect(decode(hostDialect(), { targetOffset: '3' })).not.toHaveProperty('relation')
  expect(decode(hostDialect(), { type: 'CHAT' })).not.toHaveProperty('relation')
})

test('a deleted message leaves only its position, for present and for later readers', async () => {
  const host = await startHost()
  const moderator = await connect(host.ws, { login: 'Owner', 'device-key': 'the key of the owner' })
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const { key: room } = await a.room('general')
  await b.room('general')
  await a.messenger.commands.sendMessage({ room, content: 'oops' })
  await a.messenger.commands.sendMessage({ room, content: 'hello' })
  const { key: bobs } = await b.room('general')
  await until(async () => expect(await b.texts(bobs)).toEqual(['oops', 'hello']))
  const [oops] = await b.messages(bobs)

  await moderator.send('/app/chat/delete', { roomId: 'general', offset: oops?.offset })
  await until(async () => {
    for (const [who, key] of [
      [a, room],
      [b, bobs],
    ] as const) {
      expect((await who.messages(key)).filter(({ type }) => type === 'CHAT')).toHaveLength(1)
      const changes = who.events.flatMap(event => (event.name === 'messageStored' ? [event.payload] : []))
      expect(changes.filter(({ change }) => change === 'deleted')).toMatchObject([
        { message: { room: key, id: oops?.id, type: 'DELETED', content: '' } },
      ])
    }
  })
  expect(b.messenger.state().rooms[0]).toMatchObject({ unread: 1, last: { content: 'hello' } })

  const c = await guestOf(host, '서연')
  const { key: late } = await c.room('general')
  await until(async () => expect((await c.messages(late)).map(({ type }) => type)).toContain('DELETE'))
  expect((await c.texts(late)).filter(text => text !== '')).toEqual(['hello'])
})

test('senders delete their own messages for everybody, but not those of others', async () => {
  const host = await startHost()
  const [a, b] = [await guestOf(host, '지우'), await guestOf(host, '민준')]
  const [room, theirs] = [(await a.room('general')).key, (await b.room('general')).key]
  await a.messenger.commands.sendMessage({ room, content: 'oops' })
  await until(async () => expect(await b.texts(theirs)).toEqual(['oops']))
  const id = (await b.messages(theirs))[0]?.id ?? messageId('none')
  const { deleteMessage } = a.messenger.commands
  await expect(b.messenger.commands.deleteMessage({ room: theirs, id })).rejects.toThrow('not-allowed')
  await expect(deleteMessage({ room, id: messageId('nobody') })).rejects.toThrow('not-found')
  await deleteMessage({ room, id })
  await until(async () => {
    for (const [who, key] of [
      [a, room],
      [b, theirs],
    ] as const) {
      expect((await who.messages(key))[0]).toMatchObject({ id, type: 'DELETED', content: '', delivery: null })
    }
  })
  expect(b.messenger.state().rooms[0]).toMatchObject({ unread: 0, last: null })
  expect((await b.messenger.commands.searchMessages({ query: 'oops', limit: 5 })).hits).toEqual([])
  await a.messenger.commands.disconnectServer({ id: a.serverId() })
  await expect(deleteMessage({ room, id })).rejects.toThrow('offline')
  expect([...a.errors(), ...b.errors()]).toEqual([])
})

test('a private room appears and disappears with the membership', async () => {
  const host = await startHost()
  const owner = await connect(host.ws, { login: 'Owner', 'device-key': 'the key of the owner' })
  const a = await guestOf(host, '지우')
  await a.room('general')
  await owner.send('/app/room/create', { name: '비밀', kind: 'private' })
  const directory = await owner.subscribe('/app/rooms')
  const roomId = /비밀-\w+/.exec(directory[0]?.body ?? '')?.[0]
  await owner.send('/app/room/invite', { roomId, name: '지우' })
  const { key } = await a.room('비밀')
  await owner.send('/app/chat/message', { roomId, content: 'hush' })
  await until(async () => expect(await a.texts(key)).toEqual(['hush']))
  await owner.send('/app/room/remove', { roomId, name: '지우' })
  await until(() => expect(a.messenger.state().rooms.find(room => room.key === key)?.joined).toBe(false))
  expect(a.errors()).toEqual([])
  expect(a.connection().phase).toBe('online')
})

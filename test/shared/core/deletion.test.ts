import { expect, test } from 'vitest'
import { roomIdSchema, roomKey, serverIdSchema } from '../../../shared/contract/model.ts'
import { decodeMessage } from '../../../shared/core/codec.ts'
import { connect } from '../../main/host/fixture.ts'
import { guestOf, startHost } from './people.ts'
import { until } from './until.ts'

const decode = (kind: 'stompbox' | 'stomp', change: Record<string, unknown> = {}) =>
  decodeMessage(
    {
      headers: { 'x-stream-offset': '7' },
      body: JSON.stringify({ id: 'd', type: 'DELETE', target: 'm1', targetOffset: 3, ...change }),
    },
    {
      kind,
      room: roomKey(serverIdSchema.parse('home'), roomIdSchema.parse('general')),
      name: '지우',
      personId: 'me',
      now: 1,
      nextId: () => 'made',
    },
  )

test('a host says which message is deleted; on other servers anybody could say so', () => {
  expect(decode('stompbox')).toMatchObject({ type: 'DELETE', content: '', removes: { id: 'm1', offset: 3 } })
  expect(decode('stomp')).not.toHaveProperty('removes')
  expect(decode('stompbox', { targetOffset: '3' })).not.toHaveProperty('removes')
  expect(decode('stompbox', { type: 'CHAT' })).not.toHaveProperty('removes')
})

test('of a deleted message only its place is left, for who is there, and for who comes later', async () => {
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
      const payload = expect.objectContaining({ room: key, id: oops?.id, type: 'DELETED', content: '' })
      expect(who.events).toContainEqual({ name: 'messageStored', payload })
    }
  })
  expect(b.messenger.state().rooms[0]).toMatchObject({ unread: 1, last: { content: 'hello' } })

  const c = await guestOf(host, '서연')
  const { key: late } = await c.room('general')
  await until(async () => expect((await c.messages(late)).map(({ type }) => type)).toContain('DELETE'))
  expect((await c.texts(late)).filter(text => text !== '')).toEqual(['hello'])
})

test('a private room comes and goes with its members', async () => {
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

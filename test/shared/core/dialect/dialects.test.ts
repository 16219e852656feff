import { expect, test } from 'vitest'
import { features, roomIdSchema, roomKey, serverIdSchema } from '../../../../shared/contract/model.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { createDialects } from '../../../../shared/core/dialect/dialects.ts'
import { aMessage } from '../../contract/examples.ts'
import { hostDialect, spokenAt } from './spoken.ts'

const roomId = roomIdSchema.parse('general')
const now = 1_790_000_000_000
const host = hostDialect()
const other = spokenAt({})

test('a Stompbox host is recognised by its CONNECTED frame, every other server speaks the generic dialect', () => {
  expect(host.kind).toBe('stompbox')
  expect(spokenAt({ server: 'RabbitMQ/3.10.8' }).kind).toBe('stomp')
  expect(other.kind).toBe('stomp')
})

test('a server whose profile has destinations of its own is no Stompbox host, even if a relay passes on the frame of one', () => {
  const profile = profileOf({ rooms: { subscribe: ['/topic/public'], send: '/app/chat.sendMessage' } })
  expect(spokenAt({ server: 'stompbox/1.0.0' }, profile).kind).toBe('stomp')
  expect(createDialects().greetingOf({ profile, kind: null }, '지우').takesDeviceKey).toBe(false)
})

test('CONNECT uses the server’s last dialect, and for a new server that of a Stompbox host', () => {
  const dialects = createDialects()
  const profile = { profile: profileOf(), kind: null }
  expect(dialects.lastOf(profile)).toBeNull()
  expect(dialects.lastFeaturesOf(profile)).toBeNull()
  expect(dialects.greetingOf(profile, '지우').takesDeviceKey).toBe(true)
  expect(dialects.greetingOf({ ...profile, kind: 'stomp' }, '지우').takesDeviceKey).toBe(false)
})

test('a host’s features are those that it lists and the client knows; without a list all', () => {
  expect(host.features).toEqual(features)
  expect(hostDialect({ features: features.join(',') }).features).toEqual(features)
  const narrow = hostDialect({ features: 'typing,teleport, history' })
  expect(narrow.features).toEqual(['history', 'typing'])
  expect([narrow.directory, narrow.members, narrow.deletion]).toEqual([null, null, null])
  expect(narrow.typing).not.toBeNull()
  expect(hostDialect({ features: '' }).roomSubscriptions(roomId, 7)[0]?.headers).toEqual({
    id: '/topic/room.general',
  })
})

test('a queue has to keep unacknowledged messages, a topic does not', () => {
  const headersOf = (subscribeTemplate: string) =>
    spokenAt({}, profileOf({ rooms: { subscribe: [subscribeTemplate] } })).roomSubscriptions(roomId, null)[0]
      ?.headers
  const asked = { ack: 'client-individual', 'prefetch-count': '500' }
  expect(headersOf('/queue/{roomId}')).toEqual(asked)
  expect(headersOf('/amq/queue/{roomId}')).toEqual(asked)
  expect(headersOf('/topic/queue/{roomId}')).toEqual({})
})

test('a room of a host is subscribed from the requested offset, with an id shared by all clients', () => {
  expect(host.roomSubscriptions(roomId, null)).toEqual([
    {
      destination: '/topic/room.general',
      headers: { id: '/topic/room.general', 'x-stream-offset': 'first' },
    },
  ])
  expect(host.roomSubscriptions(roomId, 7)[0]?.headers['x-stream-offset']).toBe('offset=7')
})

test('on other servers the templates make the destinations', () => {
  expect(other.roomSubscriptions(roomId, 7)).toEqual([{ destination: '/sub/chat/general.room', headers: {} }])
  const odd = roomIdSchema.parse("방 $& $1'")
  expect(other.roomSubscriptions(odd, null)[0]?.destination).toBe("/sub/chat/방 $& $1'.room")
  expect(other.encode(odd, aMessage(1)).destination).toBe("/pub/방 $& $1'/방 $& $1'")
})

test('an own message is sent as flat JSON, and comes back the same', () => {
  const message = {
    ...aMessage(1, { sentAt: now }),
    type: 'CHAT',
    sender: '지우',
    content: ' 안녕\n"하" ',
  }
  const { destination, body } = host.encode(roomId, message)
  expect(destination).toBe('/app/chat/message')
  const { id, type, sender, content } = message
  expect(JSON.parse(String(body))).toEqual({ id, type, roomId: 'general', content })
  const room = roomKey(serverIdSchema.parse('home'), roomId)
  const context = { room, name: '지우', now, nextId: () => 'made-here' }
  const stamps = { sender, sentAt: new Date(now).toISOString() }
  const stamped = JSON.stringify({ ...(JSON.parse(String(body)) as object), ...stamps })
  expect(host.decode({ headers: {}, body: stamped }, context)).toMatchObject({
    id,
    type,
    sender,
    content,
    sentAt: now,
    room,
    extra: null,
  })
})

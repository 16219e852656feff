/** The generic dialect, driven by profiles. */
import { describe, expect, test } from 'vitest'
import { roomIdSchema, roomKey, serverIdSchema } from '../../../../shared/contract/model.ts'
import { profileOf, type ProfileInput } from '../../../../shared/contract/profile.ts'
import { sharedQueues } from '../../../../shared/contract/queues.ts'
import type { ConnectedHeaders } from '../../../../shared/core/dialect/dialect.ts'
import type { ArrivedMessage } from '../../../../shared/core/ports.ts'
import { expectLinear, hostileTexts } from '../../text/growth.ts'
import { aMessage, messageId } from '../../contract/examples.ts'
import { spokenAt } from './spoken.ts'

const roomId = roomIdSchema.parse('42')
const room = roomKey(serverIdSchema.parse('s1'), roomId)
const now = Date.UTC(2026, 10, 30, 6)
const dialectOf = (profile: ProfileInput, connected: ConnectedHeaders = {}) =>
  spokenAt({ 'person-id': undefined, ...connected }, profileOf(profile))
const decode = (profile: ProfileInput, body: unknown) =>
  dialectOf(profile).decode(
    { headers: {}, body: typeof body === 'string' ? body : JSON.stringify(body) },
    { room, name: '지우', now, nextId: () => 'made-here' },
  ) as ArrivedMessage
const sent = (profile: ProfileInput, content = 'a "b"\n') => {
  const message = aMessage(1, { id: 'm1', sender: '지우', content, sentAt: now })
  const { destination, body, headers, contentType } = dialectOf(profile).encode(roomId, message)
  return { destination, body: String(body), headers, contentType }
}

describe('bodies', () => {
  test.each<[ProfileInput['body'], unknown, Partial<ArrivedMessage>]>([
    [
      { text: ['data.message.text'], author: ['data.sender.nickname'], authorId: ['data.sender.id'] },
      { data: { message: { text: '안녕' }, sender: { nickname: '민준', id: 7 } } },
      { content: '안녕', sender: '민준', senderId: '7' },
    ],
    [
      { text: ['내용'], author: ['작성자.이름'], time: ['보낸시각'], timeZone: 'Asia/Seoul', id: ['번호'] },
      { 내용: '안녕', 작성자: { 이름: '민준' }, 보낸시각: '15:05', 번호: 3 },
      { content: '안녕', sender: '민준', sentAt: now + 300_000, id: messageId('3') },
    ],
    [{ text: ['[1].t', '[0].t'] }, [{ t: 'one' }], { content: 'one' }],
    [{ text: ['n'] }, { n: 12.5 }, { content: '12.5' }],
    [{ time: ['at'], timeZone: 'UTC' }, { content: 'x', at: [2026, 11, 30, 6, 0] }, { sentAt: now }],
    [{ time: ['at'] }, { content: 'x', at: now * 1000 }, { sentAt: now }],
    [{ format: 'text' }, '{"content":"x"}', { content: '{"content":"x"}', type: 'CHAT' }],
    // A path that leads nowhere is not guessed around.
    [{ text: ['data.text'] }, { message: 'OK', data: {} }, { content: '{"message":"OK","data":{}}' }],
  ])('%j reads %j', (body, received, expected) => {
    expect(decode({ body }, received)).toMatchObject(expected)
  })

  test.each<[type: string, fields: object, read: Partial<ArrivedMessage>]>([
    ['TALK', { message: 'x' }, { type: 'CHAT', content: 'x' }],
    ['chat', { message: 'x' }, { type: 'CHAT', content: 'x' }],
    ['IMAGE', { message: 'https://x/y.png' }, { type: 'CHAT', content: 'https://x/y.png' }],
    ['IMAGE', { url: 'u' }, { type: 'CHAT', content: '{"type":"IMAGE","url":"u"}' }],
    ['ENTER', { sender: '민준', message: '민준님이 들어왔습니다.' }, { type: 'JOIN', sender: '민준' }],
    ['QUIT', { message: '민준님이 나갔습니다.' }, { type: 'LINE', content: '민준님이 나갔습니다.' }],
    ['NOTICE_42', { message: '공지' }, { type: 'CHAT', content: '공지' }],
    ['READ', { lastRead: 7 }, { type: 'READ', content: '' }],
    ['SYS', { message: 'x' }, { type: 'LINE', content: 'x' }],
    ['PING', { message: 'x' }, { type: 'HIDDEN' }],
    ['MINE', {}, { type: 'CHAT' }],
  ])('a %s of %j', (type, fields, read) => {
    const types: NonNullable<ProfileInput['body']>['types'] = [
      { type: 'SYS', as: 'line' },
      { type: 'PING', as: 'hidden' },
      { type: 'MINE', as: 'shown' },
    ]
    expect(decode({ body: { types } }, { type, ...fields })).toMatchObject(read)
  })

  test('the type may stand deeper', () => {
    const body = { type: ['meta.kind'], text: ['meta.text'] }
    expect(decode({ body }, { meta: { kind: 'LEAVE', text: 'x' } })).toMatchObject({
      type: 'LINE',
      content: 'x',
    })
  })

  test.each(hostileTexts)('%s is read in linear time', (_what, make) => {
    const body = { text: ['data.text', 'text'], type: ['type'] }
    expectLinear(text => decode({ body }, { data: { text } }), make)
    expectLinear(text => decode({ body, own: [] }, text), make)
  })

  test('a message is written by the template, and as JSON whatever is said', () => {
    const send =
      '{"chatRoomId":{roomId:number},"message":{text},"who":"{user}/{userId}","at":{now:ms},"k":{id}}'
    const profile: ProfileInput = {
      identity: { nickname: 'J "W"', userId: '17' },
      rooms: { send: '/pub/chat/message' },
      frames: { send: [{ name: 'x-room', value: 'r{roomId}' }] },
      body: { send },
    }
    const { destination, body, headers } = sent(profile)
    expect([destination, headers]).toEqual(['/pub/chat/message', { 'x-room': 'r42' }])
    expect(JSON.parse(body)).toEqual({
      chatRoomId: 42,
      message: 'a "b"\n',
      who: 'J "W"/17',
      at: now,
      k: 'm1',
    })
  })

  test('without a template the body is Stompbox’s own, with constant fields; a text is a text', () => {
    const constants = [
      { name: 'app', value: 'desk' },
      { name: 'sender', value: 'nobody' },
    ]
    expect(JSON.parse(sent({ body: { constants } }).body)).toEqual({
      app: 'desk',
      id: 'm1',
      type: 'CHAT',
      roomId: '42',
      sender: '지우',
      content: 'a "b"\n',
      sentAt: '2026-11-30T06:00:00.000Z',
    })
    expect(sent({ body: { format: 'text' } })).toMatchObject({ body: 'a "b"\n', contentType: 'text/plain' })
    expect(sent({ body: { format: 'text', send: '{user}: {text}' } }).body).toBe('지우: a "b"\n')
  })
})

describe('frames', () => {
  const headersOf = (
    frames: ProfileInput['frames'],
    subscribe = ['/topic/{roomId}'],
    from: number | null = null,
  ) =>
    dialectOf({ frames, rooms: { subscribe } })
      .roomSubscriptions(roomId, from)
      .map(({ headers }) => headers)

  test('a room may have several destinations, with headers of their own', () => {
    const profile: ProfileInput = {
      rooms: { subscribe: ['/sub/{roomId}', '/sub/{roomId}/{userId}'] },
      frames: { subscribe: [{ name: 'selector', value: "room = '{roomId}'" }] },
    }
    const headers = { selector: "room = '42'" }
    expect(dialectOf(profile, { 'user-name': 'jiwoo' }).roomSubscriptions(roomId, null)).toEqual([
      { destination: '/sub/42', headers },
      { destination: '/sub/42/jiwoo', headers },
    ])
  })

  test('a destination without {roomId} carries several rooms', () => {
    const dialect = dialectOf({ rooms: { subscribe: ['/topic/public'] }, body: { room: ['roomId'] } })
    expect(dialect.roomSubscriptions(roomId, null)).toMatchObject([{ isForSeveral: true }])
    expect(dialect.rooms?.roomOf({ headers: {}, body: '{"roomId":42}' })).toBe('42')
    expect(dialect.rooms?.roomOf({ headers: {}, body: '{}' })).toBeNull()
  })

  test('in direct messages, the room is the other person', () => {
    const { rooms } = dialectOf({ body: { room: ['from', 'to'] } }, { 'user-name': 'jiwoo' })
    const roomOf = (from: string, to: string) =>
      rooms?.roomOf({ headers: {}, body: JSON.stringify({ from, to }) })
    expect(roomOf('jiwoo', 'minjun')).toBe('minjun')
    expect(roomOf('minjun', 'jiwoo')).toBe('minjun')
    expect(roomOf('jiwoo', 'jiwoo')).toBe('jiwoo')
  })

  test('leaving deletes a durable subscription, and no stream; a client-id is told where subscriptions belong to it', () => {
    const leaving = (broker: 'rabbitmq-queue' | 'rabbitmq-stream' | 'activemq' | 'artemis') => {
      const dialect = dialectOf({ frames: { durable: { broker, name: 'of.{roomId}' } } })
      const told = dialect.connectHeaders({
        name: 'jiwoo',
        virtualHost: '/',
        passcode: null,
        deviceKey: null,
      })
      return [dialect.roomSubscriptions(roomId, null)[0]?.leaving, told['client-id']]
    }
    expect(leaving('rabbitmq-queue')).toEqual([
      [{ durable: 'true', 'auto-delete': 'false', 'x-queue-name': 'of.42' }],
      undefined,
    ])
    expect(leaving('rabbitmq-stream')).toEqual([undefined, undefined])
    expect(leaving('activemq')).toEqual([[{}, { 'activemq.subscriptionName': 'of.42' }], 'stompbox-jiwoo'])
    expect(leaving('artemis')).toEqual([[{ 'durable-subscription-name': 'of.42' }], 'stompbox-jiwoo'])
  })

  test('acknowledging is for queues and durable subscriptions, unless the profile says otherwise', () => {
    expect(headersOf({})).toEqual([{}])
    expect(headersOf({ ack: 'auto' }, ['/queue/{roomId}'])).toEqual([{ ack: 'auto' }])
    expect(headersOf({ ack: 'client', prefetch: 7 })).toEqual([{ ack: 'client', 'prefetch-count': '7' }])
    expect(headersOf({ prefetch: 7 }, ['/queue/{roomId}'])).toEqual([
      { ack: 'client-individual', 'prefetch-count': '7' },
    ])
  })

  test('durable subscriptions are asked for as each broker wants it', () => {
    const name = '{user}.{roomId}'
    const acknowledged = { ack: 'client-individual', 'prefetch-count': '500' }
    expect(
      headersOf({ durable: { broker: 'rabbitmq-queue', name } }, ['/topic/{roomId}', '/topic/n.{roomId}']),
    ).toEqual(
      ['지우.42', '지우.42-2'].map(queue => ({
        durable: 'true',
        'auto-delete': 'false',
        'x-queue-name': queue,
        ...acknowledged,
      })),
    )
    expect(headersOf({ durable: { broker: 'activemq', name } })).toEqual([
      { 'activemq.subscriptionName': '지우.42', ack: 'client-individual', 'activemq.prefetchSize': '500' },
    ])
    expect(headersOf({ durable: { broker: 'artemis', name } })).toEqual([
      { 'durable-subscription-name': '지우.42', 'subscription-type': 'MULTICAST', ...acknowledged },
    ])
  })

  test('a stream of RabbitMQ has the history of its room, and goes on at an offset', () => {
    const frames: ProfileInput['frames'] = {
      durable: { broker: 'rabbitmq-stream', name: 'chat.{roomId}' },
      ack: 'auto',
    }
    const stream = {
      durable: 'true',
      'auto-delete': 'false',
      'x-queue-name': 'chat.42',
      'x-queue-type': 'stream',
      ack: 'client-individual',
      'prefetch-count': '100',
    }
    expect(headersOf(frames)).toEqual([{ ...stream, 'x-stream-offset': 'first' }])
    expect(headersOf(frames, undefined, 7)).toEqual([{ ...stream, 'x-stream-offset': 'offset=7' }])
    const dialect = dialectOf({ frames })
    expect(dialect.features).toEqual(['history'])
    const at = { 'x-stream-offset': '7' }
    const id = '0b8ab2c2-2d3e-4f0e-9c59-5a2f9e3f4f10'
    expect(dialect.historyPoint({ headers: at, body: JSON.stringify({ id }) })).toEqual({ offset: 7, id })
    expect(dialect.historyPoint({ headers: at, body: '{"message":"x"}' })).toEqual({ offset: 7, id: null })
  })

  test('joining and leaving are SENDs; own destinations are rooms or notices', () => {
    const { rooms } = dialectOf({
      rooms: {
        join: { destination: '/app/chat.addUser', body: '{"type":"JOIN","sender":{user}}' },
        source: { from: 'list', rooms: [{ id: 'public', name: '모두' }] },
      },
      own: [
        { destination: '/user/queue/messages', name: '쪽지' },
        { destination: '/user/queue/reply', name: '답장', send: '/app/reply' },
        { destination: '/user/queue/errors', name: 'Errors', as: 'notices' },
      ],
    })
    expect(rooms?.join(roomId)).toEqual({
      destination: '/app/chat.addUser',
      body: '{"type":"JOIN","sender":"지우"}',
      headers: {},
    })
    expect(rooms?.leave(roomId)).toBeNull()
    expect(rooms?.join(roomIdSchema.parse('/user/queue/messages'))).toBeNull()
    expect(rooms?.named.map(({ roomId: id, name, archived }) => [id, name, archived])).toEqual([
      ['/user/queue/messages', '쪽지', true],
      ['/user/queue/reply', '답장', false],
      ['public', '모두', false],
    ])
    expect(
      rooms?.notices.map(({ destination, read }) => [
        destination,
        read({ headers: {}, body: '{"message":"x"}' }),
      ]),
    ).toEqual([['/user/queue/errors', { name: 'Errors', text: 'x' }]])
  })

  test('an own destination is subscribed and sent to as itself', () => {
    const dialect = dialectOf({
      rooms: { subscribe: ['/topic/{roomId}'] },
      own: [{ destination: '/queue/{user}', name: '쪽지', send: '/app/reply' }],
    })
    const id = roomIdSchema.parse('/queue/{user}')
    expect(dialect.roomSubscriptions(id, null)[0]?.destination).toBe('/queue/지우')
    expect(dialect.encode(id, aMessage(1)).destination).toBe('/app/reply')
  })

  test('a destination may answer with the rooms', () => {
    const { rooms } = dialectOf({
      rooms: {
        source: {
          from: 'destination',
          destination: '/user/queue/rooms',
          request: { destination: '/app/rooms' },
          list: 'data',
          id: 'roomId',
          name: '이름',
        },
      },
    })
    const [feed] = rooms?.listing?.feeds ?? []
    const answer = { data: [{ roomId: 1, 이름: '우리 반' }, { roomId: null }, 'general'] }
    expect(rooms?.listing?.request?.destination).toBe('/app/rooms')
    expect(
      feed?.read({ headers: {}, body: JSON.stringify(answer) })?.map(each => [each.roomId, each.name]),
    ).toEqual([
      ['1', '우리 반'],
      ['general', 'general'],
    ])
    expect(feed?.read({ headers: {}, body: '{"data":{}}' })).toBeNull()
  })
})

test('a shared queue is told from one of the person’s own', () => {
  expect(
    sharedQueues(['/queue/{roomId}', '/amq/queue/x', '/queue/{user}', '/user/queue/x', '/topic/queue/x']),
  ).toEqual(['/queue/{roomId}', '/amq/queue/x'])
})

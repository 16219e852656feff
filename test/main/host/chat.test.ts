import { expect, test } from 'vitest'
import { headersOf } from '../broker/stompjs.ts'
import { bodies, connect, contents, startHost } from './fixture.ts'
import { temporaryFolder } from './temporary-folder.ts'

const say = (content: string, more: Record<string, unknown> = {}) => ({ roomId: 'general', content, ...more })

test('a message reaches everybody in the room, stamped by the host', async () => {
  const { ws } = await startHost()
  const [ada, bob] = await Promise.all([connect(ws, { login: 'Ada' }), connect(ws, { login: 'Bob' })])
  const heard = await bob.subscribe('/topic/room.general')
  const before = Date.now()
  const madeId: unknown = expect.stringMatching(/^.{21}$/)
  const someTime: unknown = expect.any(String)
  await ada.send('/app/chat/message', {
    roomId: 'general',
    id: 'm1',
    content: '안녕',
    sender: 'Bob',
    senderId: 'bobs id',
    sentAt: '1999-01-01T00:00:00.000Z',
    offset: 77,
    mood: { face: '🙂' },
  })
  await expect.poll(() => heard.length).toBe(1)
  const [message] = bodies(heard)
  expect(message).toEqual({
    roomId: 'general',
    id: 'm1',
    type: 'CHAT',
    content: '안녕',
    sender: 'Ada',
    senderId: madeId,
    sentAt: someTime,
    mood: { face: '🙂' },
  })
  expect(Date.parse(String(message?.sentAt))).toBeGreaterThanOrEqual(before)
  expect(heard[0]?.headers).toMatchObject({ 'x-stream-offset': '0', 'content-type': 'application/json' })
})

test('each MESSAGE of a room has its offset as a header, for every kind of subscription', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const [byName, byPattern, byBoth] = [
    await ada.subscribe('/topic/room.general', { id: 'name' }),
    await ada.subscribe('/topic/room.*', { id: 'pattern' }),
    await ada.subscribe('/topic/room.#', { id: 'all', 'x-stream-offset': 'first' }),
  ]
  for (const id of ['m1', 'm2']) await ada.send('/app/chat/message', say('hello', { id }))
  await ada.send('/app/chat/delete', { roomId: 'general', id: 'm1' })
  const history = await ada.subscribe('/topic/room.general', { id: 'again', 'x-stream-offset': 'first' })
  for (const heard of [byName, byPattern, byBoth, history]) {
    await expect.poll(() => heard.map(({ headers }) => headers['x-stream-offset'])).toEqual(['0', '1', '2'])
    expect(bodies(heard).filter(body => 'offset' in body)).toEqual([])
  }
})

test('a minimal client works, without a name and without an id', async () => {
  const { ws } = await startHost()
  const somebody = await connect(ws)
  const heard = await somebody.subscribe('/topic/room.general')
  await somebody.send('/app/chat/message', { roomId: 'general', sender: 'A', content: '안녕' })
  await expect.poll(() => heard.length).toBe(1)
  expect(bodies(heard)[0]).toMatchObject({ content: '안녕' })
  expect(bodies(heard)[0]?.sender).toMatch(/^guest-[a-z2-9]{6}$/)
  expect(bodies(heard)[0]?.id).toMatch(/^.{21}$/)
})

test('null fields count as missing, and other types need no text', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general')
  await ada.send('/app/chat/message', say('hello', { id: null, type: null }))
  await ada.send('/app/chat/message', {
    roomId: 'general',
    type: 'MOOD',
    id: 'r',
    emoji: '👍',
  })
  await expect.poll(() => heard.length).toBe(2)
  expect(bodies(heard)).toMatchObject([{ type: 'CHAT' }, { type: 'MOOD', emoji: '👍' }])
})

test('a repeated message gets its receipt, but is not broadcast again', async () => {
  const { ws } = await startHost()
  const deviceKey = { 'device-key': 'ada-device-key-0123456789' }
  const ada = await connect(ws, { login: 'Ada', ...deviceKey })
  const heard = await ada.subscribe('/topic/room.general')
  await ada.send('/app/chat/message', say('once', { id: 'm1' }))
  await ada.client.deactivate()
  const again = await connect(ws, { login: 'Ada', ...deviceKey })
  const heardAgain = await again.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await again.send('/app/chat/message', say('once', { id: 'm1' }))
  await again.send('/app/chat/message', say('twice', { id: 'm2' }))
  await expect.poll(() => contents(heardAgain)).toEqual(['once', 'twice'])
  expect(contents(heard)).toEqual(['once'])
})

test('everybody sees the same order', async () => {
  const { ws } = await startHost()
  const people = await Promise.all(['Ada', 'Bob', 'Cho'].map(login => connect(ws, { login })))
  const heard = await Promise.all(people.map(person => person.subscribe('/topic/room.general')))
  await Promise.all(
    people.flatMap((person, who) =>
      Array.from({ length: 200 }, (_, index) => person.send('/app/chat/message', say(`${who}:${index}`))),
    ),
  )
  await expect.poll(() => heard.map(({ length }) => length)).toEqual([600, 600, 600])
  const [first = [], ...others] = heard.map(contents)
  for (const other of others) expect(other).toEqual(first)
  expect(first.filter(content => String(content).startsWith('1:'))).toEqual(
    Array.from({ length: 200 }, (_, index) => `1:${index}`),
  )
  const offsets = heard[0]?.map(({ headers }) => Number(headers['x-stream-offset']))
  expect(offsets).toEqual(Array.from({ length: 600 }, (_, index) => index))
  const times = bodies(heard[0] ?? []).map(({ sentAt }) => Date.parse(String(sentAt)))
  expect(times).toEqual(times.toSorted((a, b) => a - b))
})

test('history is replayed from an offset, continues live, and survives a restart', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const ada = await connect(first.ws, { login: 'Ada' })
  for (const content of ['zero', 'one', 'two', 'three']) await ada.send('/app/chat/message', say(content))
  await first.stop()

  const second = await startHost({ dataDir })
  const bob = await connect(second.ws, { login: 'Bob' })
  const heard = await bob.subscribe('/topic/room.general', { 'x-stream-offset': 'offset=2' })
  await bob.send('/app/chat/message', say('four'))
  await expect.poll(() => contents(heard)).toEqual(['two', 'three', 'four'])
  expect(heard.map(({ headers }) => headers['x-stream-offset'])).toEqual(['2', '3', '4'])
})

test('a subscriber who joins during a conversation misses nothing and gets nothing twice', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const listeners = await Promise.all(['Bob', 'Cho', 'Dan'].map(login => connect(ws, { login })))
  const total = 1_000
  const said = Promise.all(
    Array.from({ length: total }, (_, index) => ada.send('/app/chat/message', say(`${index}`))),
  )
  const late = await Promise.all(
    listeners.map(person => person.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })),
  )
  await said
  for (const heard of late) {
    await expect.poll(() => heard.length).toBe(total)
    expect(contents(heard)).toEqual(Array.from({ length: total }, (_, index) => `${index}`))
  }
})

test.each([
  ['no JSON', '{"roomId":', 'input-invalid', 'the body is not JSON'],
  ['no object', '[1]', 'input-invalid', 'expected object'],
  ['no room', { content: 'x' }, 'input-invalid', 'roomId'],
  ['an unknown room', { roomId: 'nowhere', content: 'x' }, 'not-found', 'nowhere'],
  ['no text', say(' \n '), 'input-invalid', 'content'],
  ['text that is a number', { roomId: 'general', content: 5 }, 'input-invalid', 'content'],
  ['too long a text', say('가'.repeat(20_001)), 'message-too-long', '20000'],
  ['a type for later', say('x', { type: 'REACTION' }), 'input-invalid', 'send CHAT, or a type of your own'],
  ['one of another case', say('x', { type: ' edit\n' }), 'input-invalid', 'EDIT is reserved'],
  ['a type of the host', say('x', { type: 'Deleted' }), 'input-invalid', 'SEND /app/chat/delete deletes'],
  ['a relation', say('x', { relation: null }), 'input-invalid', 'give yours another name'],
  ['an id without end', say('x', { id: 'i'.repeat(201) }), 'input-invalid', 'id'],
  ['a text of bytes without end', say('\u0001'.repeat(22_000)), 'message-too-long', '131072 bytes'],
  ['a field without end', say('x', { id: 'm1', mood: 'm'.repeat(4_096) }), 'message-too-long', '4096 bytes'],
  [
    'fields without end',
    say(
      'x',
      Object.fromEntries(Array.from({ length: 100 }, (_, index) => [`field ${index}`, 'm'.repeat(40)])),
    ),
    'message-too-long',
    '4096 bytes',
  ],
  [
    'a field that is nested too deeply',
    `{"roomId":"general","content":"x","deep":${'['.repeat(40)}${']'.repeat(40)}}`,
    'input-invalid',
    'nested 32',
  ],
  [
    'a bottomless body',
    `{"roomId":"general","content":"x","deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
    'input-invalid',
    'nested',
  ],
])('%s is refused with a sentence, and nothing is stored', async (_what, body, code, words) => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect(ada.send('/app/chat/message', body)).rejects.toThrow(code)
  expect(ada.errors[0]?.headers.message).toContain(words)
  await ada.send('/app/chat/message', say('still here'))
  await expect.poll(() => contents(heard)).toEqual(['still here'])
})

test('only the host sends to its own destinations; all others belong to a plain broker', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  for (const destination of ['/topic/room.general', '/topic/rooms', '/topic/presence.general']) {
    await expect(ada.send(destination, 'x'), destination).rejects.toThrow('input-invalid')
  }
  await expect(ada.send('/app/no/such', '{}')).rejects.toThrow('not-found')
  const heard = await ada.subscribe('/topic/weather')
  await ada.send('/topic/weather', 'rain')
  await expect.poll(() => heard.map(({ body }) => body)).toEqual(['rain'])
})

test('the longest text is accepted, however it is escaped, with the most other fields', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general')
  const longest = '\u0001'.repeat(20_000)
  const mood = 'm'.repeat(4_096 - '{"mood":""}'.length)
  await ada.send('/app/chat/message', say(longest, { mood }))
  let nested: unknown = 'deep'
  for (let depth = 1; depth < 32; depth += 1) nested = [nested]
  await ada.send('/app/chat/message', say('x', { nested }))
  await expect.poll(() => bodies(heard)).toMatchObject([{ content: longest, mood }, { nested }])
})

test.each([
  ['twice', '{"roomId":"general","content":"x","senderId":"bob","senderId":"bob","sender":"Bob"}'],
  ['by a prototype', '{"roomId":"general","content":"x","__proto__":{"sender":"Bob","senderId":"bob"}}'],
  ['of another type', '{"roomId":"general","content":"x","type":"NOTE","senderId":"bob","target":"m1"}'],
  ['as somebody who comes', '{"roomId":"general","type":"JOIN","sender":"Bob","senderId":"bob","sentAt":1}'],
])('no person can send as another one: %s', async (_what, body) => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general')
  await ada.send('/app/chat/message', body)
  await expect.poll(() => heard.length).toBe(1)
  const text = heard[0]?.body ?? ''
  expect(text.match(/"sender(Id)?":/g)?.sort()).toEqual(['"sender":', '"senderId":'])
  expect(bodies(heard)[0]).toMatchObject({ sender: 'Ada', senderId: ada.id })
})

test('headers of a SEND are not forwarded', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const heard = await ada.subscribe('/topic/room.general')
  ada.client.publish({
    destination: '/app/chat/message',
    body: JSON.stringify(say('x')),
    headers: headersOf({
      sender: 'Bob',
      'person-id': 'bob',
      'x-stream-offset': '99',
      'content-type': 'text/html',
      code: 'x',
    }),
  })
  await expect.poll(() => heard.length).toBe(1)
  expect(Object.keys(heard[0]?.headers ?? {}).sort()).toEqual(
    ['content-length', 'content-type', 'destination', 'message-id', 'subscription', 'x-stream-offset'].sort(),
  )
  expect(heard[0]?.headers).toMatchObject({ 'x-stream-offset': '0', 'content-type': 'application/json' })
})

/** What a session puts on the wire, answers, and shows to whoever looks on. */
import { expect, test } from 'vitest'
import type { ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { errorDeadline } from '../../../../shared/core/session/unnamed-errors.ts'
import { hidden, type StompVersion, type WireEvent } from '../../../../shared/core/session/wire.ts'
import { online, open } from '../opened-session.ts'
import { politeScript, type Script } from '../scripted-server.ts'
import { until } from '../until.ts'

test('a binary body is sent unchanged, with its headers and its type', async () => {
  const { server, session } = await online()
  const body = new Uint8Array([0x7b, 0x00, 0xec, 0x95, 0x88, 0x7d])
  const sending = { destination: '/a', body, headers: { 'x-a': 'b:c' }, contentType: 'application/cbor' }
  expect(await session.send(sending)).toBe('received')
  const { headers, body: sent } = server.peer().frames[1] ?? {}
  expect(headers).toMatchObject({
    destination: '/a',
    'x-a': 'b:c',
    'content-type': 'application/cbor',
    'content-length': '6',
  })
  expect(sent).toBe('{\0안}')
})

test('a text body is JSON by default', async () => {
  const { server, session } = await online()
  await session.send({ destination: '/a', body: '{}' })
  await session.send({ destination: '/a', body: 'hi', contentType: 'text/plain' })
  const types = server.peer().frames.map(({ headers }) => headers['content-type'])
  expect(types).toEqual([undefined, 'application/json', 'text/plain'])
})

test.each<[StompVersion, string]>([
  ['1.2', 'a\nsender:admin\r\\'],
  ['1.1', 'a\nsender:admin \\'],
  ['1.0', 'a sender:admin \\'],
])('in STOMP %s a value can’t become another header, nor end the frame', async (version, received) => {
  // The test's server undoes every escape, which 1.0 has not.
  const raw: Script = (peer, frame) => politeScript({ version })(peer, frame)
  const { server, session } = await online(raw, { versions: [version] })
  const nick = 'a\nsender:admin\r\\'
  await session.send({ destination: '/topic/a:b', body: '{}', headers: { nick: `${nick}\0` } })
  session.subscribe('/topic/a\nid:x', { id: 'one:two', nick }, () => undefined)
  await until(() => expect(server.peer().frames).toHaveLength(3))
  const [, sent, subscribed] = server.peer().frames
  const shown = version === '1.0' ? received.slice(0, -1) : received
  expect(sent?.headers.nick?.trimEnd()).toBe(shown.trimEnd())
  expect(sent?.headers).toMatchObject({ destination: '/topic/a:b' })
  expect(sent?.headers.sender).toBeUndefined()
  expect(subscribed?.headers).toMatchObject({ id: 'one:two' })
  expect(subscribed?.headers.sender).toBeUndefined()
})

test.each<StompVersion>(['1.2', '1.1'])(
  'in STOMP %s an id with a colon finds its messages',
  async version => {
    const script: Script = (peer, frame) => {
      politeScript({ version })(peer, frame)
      if (frame.command !== 'SUBSCRIBE') return
      peer.frame('MESSAGE', { subscription: 'one\\ctwo', 'message-id': 'a\\cb', ack: 'a\\cb' })
      peer.frame('ERROR', { message: 'no\\c \\\\ no', subscription: 'other' })
    }
    const { server, session, error, clock } = await online(script, { versions: [version] })
    const got: ReceivedFrame[] = []
    session.subscribe('/queue/a', { id: 'one:two', ack: 'client' }, frame => got.push(frame))
    await until(() => expect(got).toHaveLength(1))
    const [message] = got
    if (!message) throw new Error('no message')
    session.ack(message)
    await until(() => expect(server.peer().frames.at(-1)?.command).toBe('ACK'))
    const named = version === '1.2' ? { id: 'a:b' } : { 'message-id': 'a:b', subscription: 'one:two' }
    expect(server.peer().frames.at(-1)?.headers).toMatchObject(named)
    clock.advance(errorDeadline)
    await until(() => expect(error.mock.lastCall?.[0].detail).toBe('no: \\ no'))
  },
)

/** A session of this STOMP version, and one message on each subscription: the first has to be acknowledged, the second has not. */
const withMessages = async (version: StompVersion) => {
  const script: Script = (peer, frame) => {
    politeScript({ version })(peer, frame)
    const { id = '', ack = 'auto' } = frame.headers
    if (frame.command !== 'SUBSCRIBE') return
    const message = {
      subscription: id,
      'message-id': `of-${id}`,
      ...(ack !== 'auto' && { ack: `ack-${id}` }),
    }
    peer.frame('MESSAGE', message)
  }
  const opened = await online(script, { versions: ['1.2', '1.1', '1.0'] })
  const got: ReceivedFrame[] = []
  for (const [id, headers] of [
    ['kept', { ack: 'client-individual' }],
    ['gone', {}],
  ] as const)
    opened.session.subscribe(`/queue/${id}`, { id, ...headers }, frame => got.push(frame))
  await until(() => expect(got).toHaveLength(2))
  const [kept, gone] = got
  if (!kept || !gone) throw new Error('nothing has come')
  const answers = () => opened.server.peer().frames.filter(({ command }) => /^N?ACK$/.test(command))
  return { ...opened, kept, gone, answers }
}

const named = { 'message-id': 'of-kept', subscription: 'kept' }
test.each<[StompVersion, Record<string, string>]>([
  ['1.2', { id: 'ack-kept' }],
  ['1.1', named],
  ['1.0', { 'message-id': 'of-kept' }],
])('ACK names a message as in STOMP %s, if its subscription asks for it', async (version, headers) => {
  const { server, session, kept, gone, answers } = await withMessages(version)
  expect(server.peer().frames[0]?.headers['accept-version']).toBe('1.2,1.1,1.0')
  expect([session.ack(kept), session.ack(gone)]).toEqual([true, false])
  await until(() => expect(answers()).toMatchObject([{ command: 'ACK', headers }]))
  await session.close()
  expect(session.ack(kept)).toBe(false)
})

test.each<[StompVersion, Record<string, string> | null]>([
  ['1.2', { id: 'ack-kept' }],
  ['1.1', named],
  ['1.0', null],
])('NACK names a message as in STOMP %s', async (version, headers) => {
  const { session, kept, gone, answers } = await withMessages(version)
  expect([session.nack(kept), session.nack(gone)]).toEqual([headers !== null, false])
  await session.send({ destination: '/a', body: '{}' })
  expect(answers()).toMatchObject(headers ? [{ command: 'NACK', headers }] : [])
})

/** One word or two for each event. */
const wordsOf = (event: WireEvent): string =>
  'frame' in event ? `${event.name} ${event.frame.command}` : event.name

test('an observer sees the handshake, every frame in both directions, and the end, but no secret', async () => {
  const { server, session, connected } = await open(politeScript(), {
    connectHeaders: {
      login: '지우',
      host: 'box',
      passcode: 'open sesame',
      'device-key': 'k',
      'x-token': 't',
    },
  })
  const events: WireEvent[] = []
  session.observe(event => events.push(event))
  await until(() => expect(connected).toHaveBeenCalledOnce())
  const got: ReceivedFrame[] = []
  session.subscribe('/topic/a', { id: 'a' }, frame => got.push(frame))
  await session.send({ destination: '/b', body: new TextEncoder().encode('안녕'), headers: { odd: 'x:y\n' } })
  server.peer().raw('\n')
  server.peer().frame('MESSAGE', { subscription: 'a', 'message-id': '1' }, 'hi')
  await until(() => expect(got).toHaveLength(1))
  await session.close()
  expect(events.map(wordsOf)).toEqual([
    'opened',
    'sent CONNECT',
    'received CONNECTED',
    'sent SUBSCRIBE',
    'sent SEND',
    'received RECEIPT',
    'received RECEIPT',
    'beat-received',
    'received MESSAGE',
    'sent DISCONNECT',
    'received RECEIPT',
    'ended',
  ])
  const frames = events.flatMap(event => ('frame' in event ? [event.frame] : []))
  expect(frames[0]?.headers).toEqual({
    login: '지우',
    host: 'box',
    passcode: hidden,
    'device-key': hidden,
    'x-token': hidden,
    'accept-version': '1.2',
    'heart-beat': '10000,10000',
  })
  expect(frames[3]).toMatchObject({ body: '안녕', headers: { odd: 'x:y\n', 'content-length': '6' } })
  expect(frames[6]).toMatchObject({ body: 'hi', headers: { 'message-id': '1' } })
  expect(events.at(-1)).toEqual({ name: 'ended', error: null })
})

test('an observer sees the session’s own frames, and the reason of its end; a removed one sees nothing', async () => {
  const { server, session } = await online()
  const seen: WireEvent[] = []
  const end = session.observe(event => seen.push(event))
  const others: WireEvent[] = []
  session.observe(event => others.push(event))
  await session.send({ destination: '/b', body: '{}' })
  session.verify()
  expect(seen.map(wordsOf)).toEqual(['sent SEND', 'received RECEIPT', 'sent BEGIN', 'sent ABORT'])
  end()
  server.peer().close()
  await until(() =>
    expect(others.at(-1)).toMatchObject({ name: 'ended', error: { code: 'connection-lost' } }),
  )
  expect(seen).toHaveLength(4)
})

import { afterEach, expect, test, vi } from 'vitest'
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import type { ReceivedFrame } from '../../../shared/core/error-frames.ts'
import { idleInterval, verifyDeadline } from '../../../shared/core/liveness.ts'
import { receiptDeadline } from '../../../shared/core/receipts.ts'
import { openSession, type Session, type SessionOptions } from '../../../shared/core/session.ts'
import { fakeClock } from './fake-clock.ts'
import { realSockets, silentLog } from './real-ports.ts'
import { politeScript, startScriptedServer, type Script, type ScriptedServer } from './scripted-server.ts'
import { until } from './until.ts'

let server: ScriptedServer | undefined
let session: Session | undefined
afterEach(async () => {
  session?.drop({ code: 'connection-lost' })
  await server?.stop()
  server = undefined
})

const addressee = { host: 'box:7070', name: '지우', virtualHost: 'box' }

const open = async (script: Script, change: Partial<SessionOptions> = {}) => {
  const started = await startScriptedServer(script)
  server = started
  const clock = fakeClock()
  const connected = vi.fn<(headers: ReceivedFrame['headers']) => void>()
  const error = vi.fn<(error: AppError) => void>()
  const ended = vi.fn<(error: AppError) => void>()
  const opened = openSession({
    sockets: realSockets(),
    clock,
    log: silentLog,
    url: started.url,
    fingerprint: null,
    connectHeaders: { login: '지우', host: 'box', 'device-key': 'k' },
    addressee,
    onConnected: connected,
    onError: error,
    onEnded: ended,
    ...change,
  })
  session = opened
  return { server: started, session: opened, clock, connected, error, ended }
}

const online = async (script: Script = politeScript(), change: Partial<SessionOptions> = {}) => {
  const opened = await open(script, change)
  await until(() => expect(opened.connected).toHaveBeenCalledOnce())
  return opened
}

const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    value => `resolved with ${String(value)}`,
    (thrown: unknown) => (thrown instanceof Failure ? thrown.error.code : String(thrown)),
  )

test('offers STOMP 1.2 only, wants heart-beats, and tells what CONNECTED said', async () => {
  const { server, connected } = await online(politeScript({ server: 'stompbox/0.1', 'person-id': 'p1' }))
  expect(server.peer().frames[0]).toEqual({
    command: 'CONNECT',
    headers: {
      login: '지우',
      host: 'box',
      'device-key': 'k',
      'accept-version': '1.2',
      'heart-beat': '10000,10000',
    },
    body: '',
  })
  expect(connected.mock.calls[0]?.[0]).toMatchObject({ server: 'stompbox/0.1', 'person-id': 'p1' })
})

test('a line break in a name or passcode injects no header', async () => {
  const connectHeaders = { login: 'a\nrole:admin\r\n\0x', passcode: 'a:b\nc' }
  const { server } = await online(politeScript(), { connectHeaders })
  expect(server.peer().frames[0]?.headers).toMatchObject({ login: 'a role:admin x', passcode: 'a:b c' })
  expect(server.peer().frames[0]?.headers.role).toBeUndefined()
})

test('a subscription gets its messages and ends', async () => {
  const { server, session } = await online()
  const got: ReceivedFrame[] = []
  const end = session.subscribe('/topic/방:1', { 'x-stream-offset': 'first' }, frame => got.push(frame))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  const { command, headers } = server.peer().frames[1] ?? {}
  expect(command).toBe('SUBSCRIBE')
  expect(headers).toMatchObject({ destination: '/topic/방:1', 'x-stream-offset': 'first' })
  server
    .peer()
    .frame('MESSAGE', { subscription: headers?.id ?? '', 'message-id': '1', nick: 'a\\cb' }, '안녕\n')
  await until(() => expect(got).toHaveLength(1))
  expect(got[0]).toMatchObject({ headers: { nick: 'a:b' }, body: '안녕\n' })
  end()
  await until(() => expect(server.peer().frames.at(-1)?.command).toBe('UNSUBSCRIBE'))
  expect(server.peer().frames.at(-1)?.headers.id).toBe(headers?.id)
})

test('a message sent resolves with its receipt, as text and one frame each', async () => {
  const { server, session } = await online()
  const sent = [session.send('/app/chat', '{"a":1}'), session.send('/app/chat', '{"b":"안녕"}')]
  expect(await Promise.all(sent)).toEqual(['received', 'received'])
  expect(
    server
      .peer()
      .frames.slice(1)
      .map(frame => frame.body),
  ).toEqual(['{"a":1}', '{"b":"안녕"}'])
  expect(server.peer().frames[2]?.headers).toMatchObject({
    destination: '/app/chat',
    'content-type': 'application/json',
    'content-length': '14',
  })
})

test('a receipt that does not come in time is no failure', async () => {
  const { session, clock } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const sent = session.send('/app/chat', '{}')
  const given = session.givesReceipts()
  clock.advance(receiptDeadline)
  expect(await sent).toBe('unknown')
  expect(await given).toBe(false)
})

test('givesReceipts is told by the first receipt', async () => {
  const { session } = await online()
  const given = session.givesReceipts()
  session.subscribe('/topic/a', {}, () => undefined)
  expect(await given).toBe(true)
  expect(await session.givesReceipts()).toBe(true)
})

test('ERROR with a receipt-id refuses that message, and the session goes on', async () => {
  const { session, error, ended } = await online((peer, frame) => {
    const { receipt = '', destination } = frame.headers
    if (destination === '/bad')
      peer.frame('ERROR', { 'receipt-id': receipt, code: 'message-too-long', message: 'no' })
    else politeScript()(peer, frame)
  })
  const outcomes = [session.send('/good', '{}'), session.send('/bad', '{}'), session.send('/good', '{}')]
  expect(await Promise.all(outcomes.map(codeOf))).toEqual([
    'resolved with received',
    'message-too-long',
    'resolved with received',
  ])
  expect(error).not.toHaveBeenCalled()
  expect(ended).not.toHaveBeenCalled()
})

test('ERROR without a receipt-id refuses the oldest message without an answer', async () => {
  const { session } = await online((peer, frame) => {
    if (frame.headers.destination === '/bad')
      peer.frame('ERROR', { message: 'access_refused' }, 'not allowed')
    else if (frame.headers.destination !== '/later') politeScript()(peer, frame)
  })
  expect(await codeOf(session.send('/bad', '{}'))).toBe('server-error')
})

test('ERROR that nobody waits for is the reason where the server closes then, and told as that only', async () => {
  const { server, error, ended } = await online()
  server.peer().frame('ERROR', { message: 'going down' })
  server.peer().close()
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0]).toMatchObject({ code: 'server-error', params: { message: 'going down' } })
  expect(error).not.toHaveBeenCalled()
})

test('ERROR that nobody waits for is told where the server goes on, or does not close in time', async () => {
  const { server, clock, error, ended } = await online()
  server.peer().frame('ERROR', { message: 'one' })
  server.peer().frame('RECEIPT', { 'receipt-id': 'any' })
  await until(() => expect(error).toHaveBeenCalledOnce())
  server.peer().frame('ERROR', { message: 'two' })
  await until(() => {
    clock.advance(2000)
    expect(error).toHaveBeenCalledTimes(2)
  })
  expect(error.mock.calls.map(([told]) => told.params?.message)).toEqual(['one', 'two'])
  expect(ended).not.toHaveBeenCalled()
})

test('a host that closes refuses no message, and says so as the reason', async () => {
  const { server, session, error, ended } = await online((peer, frame) => {
    if (frame.command === 'CONNECT')
      peer.frame('CONNECTED', { version: '1.2', server: 'stompbox/1.0', 'heart-beat': '0,0' })
  })
  const sent = codeOf(session.send('/app/chat/message', '{}'))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  server.peer().frame('ERROR', { code: 'host-closing', message: 'the host is closing: connect again later' })
  server.peer().close()
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('host-closing')
  expect(await sent).toBe('connection-lost')
  expect(error).not.toHaveBeenCalled()
})

test('a subscription that ends the connection is told as its end', async () => {
  const { server, session, error, ended } = await online((peer, frame) => {
    if (frame.command !== 'SUBSCRIBE') {
      politeScript()(peer, frame)
      return
    }
    peer.frame('ERROR', { 'receipt-id': frame.headers.receipt ?? '', message: 'Too many subscriptions' })
    peer.close()
  })
  session.subscribe('/topic/a', {}, () => undefined)
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(server.peer().frames.at(-1)?.command).toBe('SUBSCRIBE')
  expect(ended.mock.calls[0]?.[0].params).toMatchObject({ message: 'Too many subscriptions' })
  expect(error).not.toHaveBeenCalled()
})

test('a subscription that was refused is not ended: a server closes the connection of who tries', async () => {
  const { session, server } = await online((peer, frame) => {
    if (frame.command !== 'SUBSCRIBE') politeScript()(peer, frame)
  })
  const [endRefused, endTaken] = ['refused', 'taken'].map(id =>
    session.subscribe('/topic/a', { id }, vi.fn()),
  )
  await until(() => expect(server.peer().frames).toHaveLength(3))
  session.refuse(server.peer().frames[1]?.headers.receipt ?? '', { code: 'not-found' })
  endRefused?.()
  endTaken?.()
  await until(() => expect(server.peer().frames.at(-1)?.command).toBe('UNSUBSCRIBE'))
  const ended = server.peer().frames.filter(({ command }) => command === 'UNSUBSCRIBE')
  expect(ended.map(({ headers }) => headers.id)).toEqual(['taken'])
})

test('who subscribes to a session that is over gets nothing, and no error', async () => {
  const { server, session, ended } = await online()
  server.peer().close()
  await until(() => expect(ended).toHaveBeenCalledOnce())
  const end = session.subscribe('/topic/a', {}, vi.fn())
  expect(end).not.toThrow()
})

test('refuse makes a message fail by its receipt', async () => {
  const { server, session } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const sent = codeOf(session.send('/app/chat', '{}'))
  await until(() => expect(server.peer().frames).toHaveLength(2))
  const receipt = server.peer().frames[1]?.headers.receipt ?? ''
  expect(session.refuse(receipt, { code: 'not-found' })).toBe(true)
  expect(session.refuse(receipt, { code: 'not-found' })).toBe(false)
  expect(await sent).toBe('not-found')
})

test('a lost connection ends the session once and rejects what waits', async () => {
  const { server, session, ended } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const sent = codeOf(session.send('/app/chat', '{}'))
  server.peer().close()
  expect(await sent).toBe('connection-lost')
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(await codeOf(session.send('/app/chat', '{}'))).toBe('connection-lost')
  session.drop({ code: 'internal' })
  expect(ended).toHaveBeenCalledOnce()
})

const endings: [string, Script, string][] = [
  [
    'a wrong login on a broker that keeps the connection open',
    peer => peer.frame('ERROR', { message: 'Bad CONNECT' }, "Access refused for user 'x'\n"),
    'login-refused',
  ],
  [
    'a refusal of a Stompbox host',
    peer => {
      peer.frame('ERROR', { message: 'taken', code: 'name-taken' })
      peer.close()
    },
    'name-taken',
  ],
  ['an older STOMP', peer => peer.frame('CONNECTED', { version: '1.1' }), 'version-unsupported'],
  [
    'a heart-beat that would never pause',
    peer => peer.frame('CONNECTED', { version: '1.2', 'heart-beat': '0,9999999999' }),
    'server-not-stomp',
  ],
  ['a server that answers with a frame of no server', peer => peer.frame('CONNECT', {}), 'server-not-stomp'],
  ['a server that closes', peer => peer.close(), 'connection-lost'],
]
test.each(endings)('%s', async (_, script, code) => {
  const { ended, connected, server } = await open(script)
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe(code)
  expect(connected).not.toHaveBeenCalled()
  await until(() => expect(server.peer().closed).toBe(true))
})

test('nobody there', async () => {
  const { ended } = await open(politeScript(), { url: 'ws://127.0.0.1:1/stomp' })
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('port-closed')
})

test('a server that takes the connection and says nothing is given up', async () => {
  const { ended, server, clock } = await open(() => undefined)
  await until(() => expect(server.peer().frames).toHaveLength(1))
  clock.advance(15_000)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'server-not-stomp', params: addressee })
})

test('where no heart-beats were agreed, silence is asked about, and the answer counts', async () => {
  const { server, session, clock, ended, error } = await online()
  session.subscribe('/topic/a', {}, () => undefined)
  await session.givesReceipts()
  for (let n = 0; n < 3; n++) {
    clock.advance(idleInterval)
    clock.advance(idleInterval)
    await until(() =>
      expect(server.peer().frames.filter(frame => frame.command === 'BEGIN')).toHaveLength(n + 1),
    )
    await session.send('/app/chat', '{}')
  }
  expect(ended).not.toHaveBeenCalled()
  expect(error).not.toHaveBeenCalled()
  expect(server.peer().frames.filter(frame => frame.command === 'ABORT')).toHaveLength(3)
})

test('a half-open connection is noticed', async () => {
  const { server, session, clock, ended } = await online()
  session.subscribe('/topic/a', {}, () => undefined)
  await session.givesReceipts()
  server.peer().freeze()
  clock.advance(3 * idleInterval)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'connection-lost' })
})

test('missing heart-beats are noticed, and kept ones are not', async () => {
  const { server, session, clock, ended } = await online(politeScript({ 'heart-beat': '10000,0' }))
  session.subscribe('/topic/a', {}, () => undefined)
  for (let n = 0; n < 5; n++) {
    server.peer().raw('\n')
    await session.send('/app/chat', '{}')
    clock.advance(10_000)
  }
  expect(ended).not.toHaveBeenCalled()
  clock.advance(20_000)
  expect(ended).toHaveBeenCalledOnce()
})

test('a server without receipts is only sent line feeds, and its silence says nothing', async () => {
  const { server, clock, ended } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  clock.advance(5 * idleInterval)
  await until(() => expect(server.peer().beats).toBeGreaterThanOrEqual(4))
  expect(ended).not.toHaveBeenCalled()
  expect(server.peer().frames).toHaveLength(1)
})

test('verify keeps a link that answers and gives up one that does not', async () => {
  const { server, session, clock, ended } = await online()
  session.subscribe('/topic/a', {}, () => undefined)
  await session.givesReceipts()
  session.verify()
  await until(() => expect(server.peer().frames.map(frame => frame.command)).toContain('BEGIN'))
  await session.send('/app/chat', '{}')
  clock.advance(verifyDeadline)
  expect(ended).not.toHaveBeenCalled()
  server.peer().freeze()
  session.verify()
  clock.advance(verifyDeadline)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'connection-lost' })
})

test('a server that says CONNECTED twice is given up', async () => {
  const { server, ended } = await online(politeScript({ 'heart-beat': '10000,10000' }))
  server.peer().frame('CONNECTED', { version: '1.2', 'heart-beat': '10000,10000' })
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('server-not-stomp')
})

test('a frame without an end is not collected for ever', async () => {
  const { server, ended } = await online()
  const piece = 'x'.repeat(256 * 1024)
  server.peer().raw('MESSAGE\nsubscription:s\n\n')
  for (let n = 0; n < 9; n++) server.peer().raw(piece)
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('frame-too-large')
})

test('close says good-bye, waits for the receipt, and tells nobody', async () => {
  const { server, session, ended } = await online()
  await session.close()
  expect(server.peer().frames.at(-1)?.command).toBe('DISCONNECT')
  await until(() => expect(server.peer().closed).toBe(true))
  expect(ended).not.toHaveBeenCalled()
})

test('what the server confirms while the session closes is confirmed; the rest is not', async () => {
  const { session } = await online((peer, frame) => {
    // As brokers do that answer in their own time: after the good-bye, but in order.
    const [first, second] = peer.frames.filter(({ command }) => command === 'SEND')
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
    if (frame.command !== 'DISCONNECT') return
    peer.frame('RECEIPT', { 'receipt-id': first?.headers.receipt ?? '' })
    peer.frame('RECEIPT', { 'receipt-id': frame.headers.receipt ?? '' })
    peer.frame('RECEIPT', { 'receipt-id': second?.headers.receipt ?? '' })
  })
  const sent = [session.send('/app/chat', '{}'), session.send('/app/chat', '{}')].map(codeOf)
  await session.close()
  expect(await Promise.all(sent)).toEqual(['resolved with received', 'connection-lost'])
})

test('close does not wait long for a server that does not answer', async () => {
  const { session, clock, ended } = await online((peer, frame) => {
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
  })
  const closed = session.close()
  clock.advance(2000)
  await closed
  expect(ended).not.toHaveBeenCalled()
})

test('close while connecting gives the attempt up', async () => {
  const { session, clock, ended, connected } = await open(() => undefined)
  await session.close()
  clock.advance(60_000)
  expect(connected).not.toHaveBeenCalled()
  expect(ended).not.toHaveBeenCalled()
})

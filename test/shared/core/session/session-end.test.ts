/** How sessions end: refused, silent, flooded, or with a good-bye. */
import { expect, test } from 'vitest'
import { idleInterval, verifyDeadline } from '../../../../shared/core/session/liveness.ts'
import { addressee, codeOf, online, open } from '../opened-session.ts'
import { politeScript, type Script } from '../scripted-server.ts'
import { until } from '../until.ts'

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

test('no server', async () => {
  const { ended } = await open(politeScript(), { url: 'ws://127.0.0.1:1/stomp' })
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('port-closed')
})

test('a server that accepts the connection and stays silent is given up', async () => {
  const { ended, server, clock } = await open(() => undefined)
  await until(() => expect(server.peer().frames).toHaveLength(1))
  clock.advance(15_000)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'server-not-stomp', params: addressee })
})

test('without heart-beats, silence is probed, and the answer counts', async () => {
  const { server, session, clock, ended, error } = await online()
  session.subscribe('/topic/a', {}, () => undefined)
  await session.givesReceipts()
  for (let n = 0; n < 3; n++) {
    clock.advance(idleInterval)
    clock.advance(idleInterval)
    await until(() =>
      expect(server.peer().frames.filter(frame => frame.command === 'BEGIN')).toHaveLength(n + 1),
    )
    await session.send({ destination: '/app/chat', body: '{}' })
  }
  expect(ended).not.toHaveBeenCalled()
  expect(error).not.toHaveBeenCalled()
  expect(server.peer().frames.filter(frame => frame.command === 'ABORT')).toHaveLength(3)
})

test('a half-open connection is detected', async () => {
  const { server, session, clock, ended } = await online()
  session.subscribe('/topic/a', {}, () => undefined)
  await session.givesReceipts()
  server.peer().freeze()
  clock.advance(3 * idleInterval)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'connection-lost' })
})

test('missing heart-beats are detected, and present ones are not', async () => {
  const { server, session, clock, ended } = await online(politeScript({ 'heart-beat': '10000,0' }))
  session.subscribe('/topic/a', {}, () => undefined)
  for (let n = 0; n < 5; n++) {
    server.peer().raw('\n')
    await session.send({ destination: '/app/chat', body: '{}' })
    clock.advance(10_000)
  }
  expect(ended).not.toHaveBeenCalled()
  clock.advance(20_000)
  expect(ended).toHaveBeenCalledOnce()
})

/** As Spring's simple broker: without receipts, and without heart-beats unless it is given a scheduler. */
const curtScript: Script = (peer, { command }) => {
  if (command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2', 'heart-beat': '0,0' })
}

test('a server without receipts is probed by pings, and half-open connections to it are detected', async () => {
  const { server, session, clock, ended } = await online(curtScript)
  let heard = 0
  session.subscribe('/topic/a', { id: 'a' }, () => heard++)
  await until(() => expect(server.peer().pings).toBe(1))
  // What comes after the pong.
  server.peer().frame('MESSAGE', { subscription: 'a', 'message-id': '1' })
  await until(() => expect(heard).toBe(1))

  const timers = clock.waiting()
  session.verify()
  await until(() => expect(clock.waiting()).toBe(timers))
  clock.advance(verifyDeadline)
  expect(ended).not.toHaveBeenCalled()

  server.peer().freeze()
  clock.advance(3 * idleInterval)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'connection-lost' })
})

test('the silence of a server that answers neither receipts nor pings proves nothing', async () => {
  const { server, clock, ended } = await online(curtScript, {}, false)
  clock.advance(5 * idleInterval)
  await until(() => expect(server.peer().beats).toBeGreaterThanOrEqual(4))
  expect(ended).not.toHaveBeenCalled()
  expect(server.peer().frames).toHaveLength(1)
})

test('verify keeps a connection that answers and gives up one that does not', async () => {
  const { server, session, clock, ended } = await online()
  session.subscribe('/topic/a', {}, () => undefined)
  await session.givesReceipts()
  session.verify()
  await until(() => expect(server.peer().frames.map(frame => frame.command)).toContain('BEGIN'))
  await session.send({ destination: '/app/chat', body: '{}' })
  clock.advance(verifyDeadline)
  expect(ended).not.toHaveBeenCalled()
  server.peer().freeze()
  session.verify()
  clock.advance(verifyDeadline)
  expect(ended).toHaveBeenCalledExactlyOnceWith({ code: 'connection-lost' })
})

test('a server that sends CONNECTED twice is given up', async () => {
  const { server, ended } = await online(politeScript({ 'heart-beat': '10000,10000' }))
  server.peer().frame('CONNECTED', { version: '1.2', 'heart-beat': '10000,10000' })
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('server-not-stomp')
})

test('a frame without an end is not collected forever', async () => {
  const { server, ended } = await online()
  const piece = 'x'.repeat(256 * 1024)
  server.peer().raw('MESSAGE\nsubscription:s\n\n')
  for (let n = 0; n < 17; n++) server.peer().raw(piece)
  await until(() => expect(ended).toHaveBeenCalledOnce())
  expect(ended.mock.calls[0]?.[0].code).toBe('delivery-too-large')
})

test('close sends DISCONNECT, waits for the receipt, and emits no event', async () => {
  const { server, session, ended } = await online()
  await session.close()
  expect(server.peer().frames.at(-1)?.command).toBe('DISCONNECT')
  await until(() => expect(server.peer().closed).toBe(true))
  expect(ended).not.toHaveBeenCalled()
})

test('messages confirmed while the session closes are confirmed; the others are not', async () => {
  const { session } = await online((peer, frame) => {
    // As brokers do that answer in their own time: after the good-bye, but in order.
    const [first, second] = peer.frames.filter(({ command }) => command === 'SEND')
    if (frame.command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2' })
    if (frame.command !== 'DISCONNECT') return
    peer.frame('RECEIPT', { 'receipt-id': first?.headers.receipt ?? '' })
    peer.frame('RECEIPT', { 'receipt-id': frame.headers.receipt ?? '' })
    peer.frame('RECEIPT', { 'receipt-id': second?.headers.receipt ?? '' })
  })
  const sent = [
    session.send({ destination: '/app/chat', body: '{}' }),
    session.send({ destination: '/app/chat', body: '{}' }),
  ].map(codeOf)
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

test('close while connecting cancels the attempt', async () => {
  const { session, clock, ended, connected } = await open(() => undefined)
  await session.close()
  clock.advance(60_000)
  expect(connected).not.toHaveBeenCalled()
  expect(ended).not.toHaveBeenCalled()
})

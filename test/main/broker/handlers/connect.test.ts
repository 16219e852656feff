import { expect, test, vi } from 'vitest'
import type { Admission, BrokerHooks } from '../../../../main/broker/options/hooks.ts'
import { startBroker } from '../fixture.ts'

test.each([
  ['1.2', '1.2'],
  ['1.0,1.1,1.2', '1.2'],
  ['1.1, 1.0', '1.1'],
  ['1.0', '1.0'],
  ['1.2,9.9', '1.2'],
])('accept-version %s is negotiated to %s', async (offered, agreed) => {
  const peer = startBroker().open()
  peer.send('CONNECT', { 'accept-version': offered, host: 'x' })
  expect((await peer.waitFor('CONNECTED')).headers).toMatchObject({
    version: agreed,
    server: 'stompbox/1.2.3',
  })
})

test('a client that names no version speaks 1.0, and may say STOMP', async () => {
  const peer = startBroker().open()
  peer.send('STOMP', { login: 'a' })
  expect((await peer.waitFor('CONNECTED')).headers.version).toBe('1.0')
})

test.each(['1.0', '1.1', '1.2'] as const)('%s: an empty login or passcode counts as missing', version => {
  const admit = vi.fn<BrokerHooks['admit']>(() => ({ ok: false, refusal: { message: 'no' } }))
  startBroker({ admit }).open().send('CONNECT', { 'accept-version': version, login: '', passcode: '' })
  expect(admit.mock.calls[0]?.[0]).toMatchObject({ login: undefined, passcode: undefined })
})

test('1.0 may have spaces around login and passcode, 1.2 takes them literally', () => {
  const admit = vi.fn(() => ({ ok: true, principal: { id: '', name: '' } }) as const)
  const { open } = startBroker({ admit })
  open().send('CONNECT', { login: ' Ada ', passcode: ' x' })
  open().send('CONNECT', { 'accept-version': '1.2', login: ' Ada ', passcode: ' x' })
  expect(admit.mock.calls).toMatchObject([
    [{ login: 'Ada', passcode: 'x' }],
    [{ login: ' Ada ', passcode: ' x' }],
  ])
})

test('CONNECT is answered by CONNECTED alone, even with a receipt header', async () => {
  const peer = startBroker().open()
  peer.send('CONNECT', { 'accept-version': '1.2', receipt: 'c' })
  peer.send('BEGIN', { transaction: 't', receipt: 'b' })
  await peer.receipt('b')
  expect(peer.frames.map(({ command }) => command)).toEqual(['CONNECTED', 'RECEIPT'])
})

test('an unknown version is refused with the supported ones', async () => {
  const peer = startBroker().open()
  peer.send('CONNECT', { 'accept-version': '2.0' })
  expect(await peer.waitFor('ERROR')).toMatchObject({
    headers: { message: 'Unsupported version', version: '1.0,1.1,1.2' },
  })
  expect(peer.ended).toBe(1002)
})

test('the application identifies the peer, and may take its time', async () => {
  let decide = (_: Admission): void => undefined
  const connected = vi.fn()
  const { open, broker } = startBroker({
    admit: () => new Promise<Admission>(resolve => (decide = resolve)),
    connected,
  })
  const peer = open()
  peer.give('CONNECT\naccept-version:1.2\n\n\0SUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:r\n\n\0')
  expect(peer.paused).toBe(true)
  expect(broker.clients()).toEqual([])
  decide({ ok: true, principal: { id: 'p1', name: 'Ada' }, headers: { 'person-id': 'p1' } })
  await peer.receipt('r')
  expect(peer.paused).toBe(false)
  expect(peer.frames.map(({ command }) => command)).toEqual(['CONNECTED', 'RECEIPT'])
  expect(peer.frames[0]?.headers['person-id']).toBe('p1')
  expect(connected).toHaveBeenCalledOnce()
  expect(broker.clients()).toMatchObject([{ principal: { id: 'p1', name: 'Ada' }, address: '127.0.0.1' }])
})

test('a refused peer gets the reason, and the application is told nothing more', async () => {
  const [connected, disconnected] = [vi.fn(), vi.fn()]
  const { open, broker } = startBroker({
    admit: () => ({
      ok: false,
      refusal: { message: 'Wrong passcode', detail: 'Ask who hosts.', headers: { code: 'passcode-wrong' } },
    }),
    connected,
    disconnected,
  })
  const peer = open()
  peer.send('CONNECT', { 'accept-version': '1.2', passcode: 'x' })
  expect(await peer.waitFor('ERROR')).toMatchObject({
    headers: { message: 'Wrong passcode', code: 'passcode-wrong', 'content-type': 'text/plain' },
    body: 'Ask who hosts.',
  })
  expect(peer.ended).toBe(1002)
  peer.leave()
  expect([connected.mock.calls, disconnected.mock.calls, broker.clients()]).toEqual([[], [], []])
})

test('a peer that leaves while the application decides is not connected', async () => {
  let decide = (_: Admission): void => undefined
  const connected = vi.fn()
  const admission = new Promise<Admission>(resolve => (decide = resolve))
  const { open, broker } = startBroker({ admit: () => admission, connected })
  const peer = open()
  peer.send('CONNECT', { 'accept-version': '1.2' })
  peer.leave()
  decide({ ok: true, principal: { id: 'a', name: 'a' } })
  await admission
  await Promise.resolve()
  expect(connected).not.toHaveBeenCalled()
  expect(broker.clients()).toEqual([])
})

test.each([
  ['a frame before CONNECT', 'SEND\ndestination:/topic/a\n\n\0', 'Not connected'],
  [
    'a second CONNECT',
    'CONNECT\naccept-version:1.2\n\n\0CONNECT\naccept-version:1.2\n\n\0',
    'Already connected',
  ],
  ['a bad heart-beat', 'CONNECT\naccept-version:1.2\nheart-beat:often\n\n\0', 'Bad heart-beat'],
  ['no STOMP at all', 'GET / HTTP/1.1\r\nHost: a\r\n\r\n', 'Malformed frame'],
  ['an unknown command', 'CONNECT\naccept-version:1.2\n\n\0HELLO\n\n\0', 'Unknown command'],
])('%s ends in an ERROR', async (_, bytes, message) => {
  const peer = startBroker().open()
  peer.give(bytes)
  expect((await peer.waitFor('ERROR')).headers.message).toBe(message)
  expect(peer.ended).toBe(1002)
})

test('before CONNECTED a frame may be 16 KiB, afterwards 256', async () => {
  const { open, connect } = startBroker()
  const stranger = open()
  stranger.give(`CONNECT\npasscode:a\n\n${'x'.repeat(17_000)}`)
  expect((await stranger.waitFor('ERROR')).body).toContain('larger than 16384')
  const guest = await connect()
  guest.send('SEND', { destination: '/topic/a', receipt: 'r' }, 'x'.repeat(200_000))
  await guest.receipt('r')
  guest.give(`SEND\ndestination:/topic/a\ncontent-length:300000\n\n`)
  expect((await guest.waitFor('ERROR')).headers.code).toBe('frame-too-large')
})

test('a peer beyond the connection limits is told so', async () => {
  const { open, broker } = startBroker({}, { limits: { connections: 3, connectionsPerAddress: 2 } })
  const peers = ['10.0.0.1', '10.0.0.1', '10.0.0.1', '10.0.0.2', '10.0.0.3'].map(address =>
    open('1.2', address),
  )
  expect(peers.map(({ ended }) => ended)).toEqual([null, null, 1002, null, 1002])
  const [ofAddress, ofAll] = [await peers[2]?.waitFor('ERROR'), await peers[4]?.waitFor('ERROR')]
  expect(ofAddress?.headers).toMatchObject({ message: 'Too many connections', code: 'address-full' })
  expect(ofAll?.headers).toMatchObject({ message: 'Too many connections', code: 'host-full' })
  expect(broker.crowdedAddress()).toBe('10.0.0.1')
  expect(broker.counts().connectionsRefused).toBe(2)
  peers[0]?.leave()
  expect(open('1.2', '10.0.0.1').ended).toBeNull()
})

test('a peer without CONNECT is closed at the deadline, even if bytes trickle in', async () => {
  const { open, clock } = startBroker({}, { limits: { connectTimeout: 5_000 } })
  const peer = open()
  for (const byte of 'CONNECT\naccept-') {
    peer.give(byte)
    clock.advance(500)
  }
  expect((await peer.waitFor('ERROR')).headers.message).toBe('Too slow')
})

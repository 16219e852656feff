import { onTestFinished, expect, test } from 'vitest'
import type { Client } from '@stomp/stompjs'
import { RefusedError } from '../../../../main/broker/options/hooks.ts'
import { listenWs } from '../../../../main/broker/transport/listen-ws.ts'
import { collectLog } from '../../collect-log.ts'
import { ManualClock, startBroker } from '../fixture.ts'
import type { Transport } from '../../../../main/broker/transport/transport.ts'
import { startListening } from '../listening.ts'
import { connectFrame, RawSocket } from '../raw-socket.ts'
import { connectStompjs, headersOf, subscribeStompjs } from '../stompjs.ts'

const connect = async (url: string, login: string): Promise<Client> => {
  const client = await connectStompjs(url, { login })
  onTestFinished(() => client.deactivate())
  return client
}

test('two stompjs clients talk over a topic', async () => {
  const { url } = await startListening()
  const [ada, ben] = [await connect(url, 'Ada'), await connect(url, 'Ben')]
  const [toAda, toBen] = [await subscribeStompjs(ada, '/topic/방'), await subscribeStompjs(ben, '/topic/방')]
  ada.publish({ destination: '/topic/방', body: '안녕', headers: headersOf({ nick: 'a:b\nc' }) })
  ben.publish({ destination: '/topic/방', body: 'hello' })
  await expect.poll(() => [toAda.length, toBen.length]).toEqual([2, 2])
  const message = toBen.find(({ body }) => body === '안녕')
  expect(message?.headers).toMatchObject({ destination: '/topic/방', nick: 'a:b\nc' })
  expect(ada.connectedVersion).toBe('1.2')
})

test('the application answers /app/, and refuses on the errors queue', async () => {
  const { url, broker } = await startListening({
    handleSend: (client, { body }) => {
      const text = Buffer.from(body).toString()
      if (text === 'bad') throw new RefusedError({ message: 'No', headers: { code: 'input-invalid' } })
      broker.publish('/topic/room', { headers: { sender: client.principal.name }, body: text })
    },
    handleSubscribe: () => [{ body: '["general"]' }],
  })
  const ada = await connect(url, 'Ada')
  const errors = await subscribeStompjs(ada, '/user/queue/errors')
  const rooms = await subscribeStompjs(ada, '/app/rooms')
  const room = await subscribeStompjs(ada, '/topic/room')
  ada.publish({ destination: '/app/chat', body: 'bad', headers: headersOf({ receipt: 'r-7' }) })
  ada.publish({ destination: '/app/chat', body: 'good' })
  await expect.poll(() => room.length).toBe(1)
  expect(room[0]).toMatchObject({ body: 'good', headers: { sender: 'Ada' } })
  expect(rooms.map(({ body }) => body)).toEqual(['["general"]'])
  expect(errors.map(({ headers }) => [headers.code, headers['receipt-id']])).toEqual([
    ['input-invalid', 'r-7'],
  ])
})

test('a plain HTTP request gets a page', async () => {
  const { port } = await startListening()
  for (const path of ['/', '/stomp', '/anything']) {
    const response = await fetch(`http://127.0.0.1:${port}${path}`)
    expect([response.status, response.headers.get('content-type')]).toEqual([200, 'text/html; charset=utf-8'])
    expect(await response.text()).toContain('STOMP broker')
  }
})

test.each([
  [{ Host: 'evil.com' }, 421],
  [{ Host: '127.0.0.1.evil.com' }, 421],
  [{ Host: 'evil.com@127.0.0.1' }, 421],
  [{ Host: '' }, 421],
  [{ Host: 'evil.com', Origin: 'http://evil.com' }, 421],
  [{ Host: 'localhost' }, 101],
  [{ Host: 'LOCALHOST:1234' }, 101],
  [{ Host: '[::1]:80' }, 101],
  [{ Host: 'box.example' }, 101],
  [{ Host: 'box.example:7070' }, 101],
  [{ Host: '[fd00::7]:7070' }, 101],
  [{ Origin: 'null' }, 403],
  [{ Origin: 'https://evil.com' }, 403],
  [{ Origin: 'http://127.0.0.1.evil.com' }, 403],
  [{ Origin: 'file://' }, 403],
  [{ Origin: 'http://localhost:3000' }, 403],
  [{ Origin: 'http://127.0.0.1:1' }, 403],
  [{ Origin: 'http://127.0.0.1' }, 403],
  [{ Host: 'localhost:7070', Origin: 'http://127.0.0.1:7070' }, 403],
  [{ Host: 'localhost:7070', Origin: 'http://localhost:7070' }, 101],
  [{ Host: 'box.example', Origin: 'https://box.example' }, 101],
  [{ Host: 'localhost', Origin: 'http://localhost:80' }, 101],
  [{ Origin: 'http://localhost:5173' }, 101],
  [{ Origin: 'https://box.example' }, 101],
  [{ Origin: 'https://box.example:444' }, 403],
])('%j is answered %i', async (headers, status) => {
  const { port } = await startListening(
    {},
    { allowedHosts: ['box.example', 'localhost:5173', 'fd00::7', 'not a name'] },
  )
  const raw = await RawSocket.upgrade(port, headers)
  expect(raw.received).toMatch(new RegExp(`^HTTP/1.1 ${status} `))
  if (status !== 101) await raw.waitForClose()
  raw.socket.destroy()
})

test('a refused name is logged once, and a flood of names is not', async () => {
  const { lines, log } = collectLog()
  const { port } = await startListening({}, { log })
  const ask = async (host: string): Promise<void> => {
    const raw = await RawSocket.upgrade(port, { Host: host })
    await raw.waitForClose()
  }
  for (const host of ['box.lan', 'box.lan', `${'x'.repeat(300)}.lan`]) await ask(host)
  const refused = () => lines.filter(({ event }) => event === 'request refused').map(({ name }) => name)
  expect(refused()).toEqual(['box.lan', 'x'.repeat(255)])
  await Promise.all(Array.from({ length: 50 }, (_, n) => ask(`n${n}.lan`)))
  expect(refused()).toHaveLength(32)
})

test.each([
  ['chat, v10.stomp, v12.stomp', 'v12.stomp'],
  ['v10.stomp, v11.stomp', 'v11.stomp'],
  ['v10.stomp', 'v10.stomp'],
  ['chat', null],
])('of the subprotocols %s it accepts %s', async (offered, taken) => {
  const { port } = await startListening()
  const raw = await RawSocket.upgrade(port, { 'Sec-WebSocket-Protocol': offered })
  const [, answer = null] = /\r\nSec-WebSocket-Protocol: (.*)\r\n/.exec(raw.received) ?? []
  expect(raw.received).toMatch(/^HTTP\/1.1 101 /)
  expect(answer).toBe(taken)
  raw.socket.destroy()
})

test('a frame may span messages, a message may hold many frames, as text or binary', async () => {
  const { port } = await startListening()
  const raw = await RawSocket.upgrade(port)
  raw.sendMessage('CONN')
  raw.sendMessage('ECT\naccept-version:1.2\n\n\0SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0SEND\ndest', 0x82)
  raw.sendMessage('ination:/topic/a\n\n', 0x01)
  raw.sendMessage('fragment', 0x00)
  raw.sendMessage('ed\0\n\n', 0x80)
  await raw.waitFor('fragmented\0')
  raw.socket.destroy()
})

test('a body that is not UTF-8 is sent as a binary message', async () => {
  const { port } = await startListening()
  const raw = await RawSocket.upgrade(port)
  raw.sendMessage(`${connectFrame}SUBSCRIBE\nid:1\ndestination:/topic/a\n\n\0`)
  await raw.waitFor('CONNECTED')
  raw.sendMessage(Buffer.from('SEND\ndestination:/topic/a\n\n\xff\xfe\0', 'latin1'), 0x82)
  await raw.waitFor('\xff\xfe\0')
  expect(raw.received).toMatch(/\x82[^]MESSAGE\n/)
  raw.socket.destroy()
})

test('a slow message counts as a sign of life while it arrives', async () => {
  const clock = new ManualClock()
  const { port } = await startListening({}, { clock })
  const raw = await RawSocket.upgrade(port)
  raw.sendMessage('CONNECT\naccept-version:1.2\nheart-beat:10000,0\n\n\0')
  await raw.waitFor('CONNECTED')
  raw.sendMessage('SEND\ndestination:/topic/a\nreceipt:r\n\n', 0x01)
  for (const part of ['one', 'two', 'three']) {
    clock.advance(15_000)
    raw.sendMessage(part, 0x00)
    // Its pong tells that the part was read.
    raw.sendMessage(part, 0x89)
    await raw.waitFor(`\x8a${String.fromCharCode(part.length)}${part}`)
  }
  raw.sendMessage('\0', 0x80)
  await raw.waitFor('receipt-id:r')
  raw.socket.destroy()
})

test('text that is not UTF-8 ends in an ERROR', async () => {
  const { port } = await startListening()
  const raw = await RawSocket.upgrade(port)
  raw.sendMessage(connectFrame)
  raw.sendMessage(Buffer.from('SEND\ndestination:/topic/a\n\n\xff\xfe\0', 'latin1'))
  await raw.waitFor(/ERROR\nmessage:Malformed frame\n[^]*UTF-8/)
  // A peer that leaves the closing handshake open is cut.
  await raw.waitForClose()
})

test.each([1002, 1007, 1008, 1009])(
  'a peer that closes with %i is not told what is wrong with it',
  async code => {
    const { port } = await startListening()
    const raw = await RawSocket.upgrade(port)
    raw.sendMessage(connectFrame)
    await raw.waitFor('CONNECTED')
    raw.sendMessage(Buffer.from([code >> 8, code & 255]), 0x88)
    await raw.waitForClose()
    expect(raw.received).not.toContain('ERROR')
  },
)

test('large messages use the long length of RFC 6455', async () => {
  const { url } = await startListening()
  const client = await connect(url, 'Ada')
  const messages = await subscribeStompjs(client, '/topic/a')
  const bodies = [100, 125, 126, 60_000, 70_000, 200_000].map(length => '한'.repeat(length / 3))
  for (const body of bodies) client.publish({ destination: '/topic/a', body })
  await expect.poll(() => messages.map(({ body }) => body.length)).toEqual(bodies.map(({ length }) => length))
  expect(messages.map(({ body }) => body)).toEqual(bodies)
})

test('a message over the limit closes the connection, and no other', async () => {
  const { port, broker } = await startListening()
  const [bad, good] = [await RawSocket.upgrade(port), await RawSocket.upgrade(port)]
  for (const raw of [bad, good]) raw.sendMessage(connectFrame)
  await expect.poll(() => broker.clients().length).toBe(2)
  // A header that announces 16 MiB.
  bad.send(Buffer.from([0x82, 0xff, 0, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]))
  await expect.poll(() => broker.clients().length).toBe(1)
  good.sendMessage('SEND\ndestination:/topic/a\nreceipt:r\n\n\0')
  await good.waitFor('RECEIPT')
  for (const raw of [bad, good]) raw.socket.destroy()
})

test('a real peer that stops reading is cut at the limit', async () => {
  const { port, broker } = await startListening()
  const raw = await RawSocket.upgrade(port)
  raw.sendMessage(`${connectFrame}SUBSCRIBE\nid:1\ndestination:/topic/a\nreceipt:r\n\n\0`)
  await raw.waitFor('RECEIPT')
  raw.socket.pause()
  const body = 'x'.repeat(100_000)
  await expect
    .poll(
      () => {
        broker.publish('/topic/a', { body })
        return broker.clients().length
      },
      { interval: 1 },
    )
    .toBe(0)
  raw.socket.destroy()
})

test('a silent socket is closed', async () => {
  const { port } = await startListening({}, { limits: { connectTimeout: 300 } })
  const [silent, upgraded] = [await RawSocket.open(port), await RawSocket.upgrade(port)]
  await upgraded.waitFor('Too slow')
  await silent.waitForClose()
})

test('closing does not wait for a silent socket', async () => {
  const { broker } = await startListening()
  const listening = await listenWs({ broker, bind: '127.0.0.1', port: 0 })
  const silent = await RawSocket.open(listening.port)
  await listening.close()
  await silent.waitForClose()
})

test('a port in use and a foreign address are reported', async () => {
  const { broker, port } = await startListening()
  await expect(listenWs({ broker, bind: '127.0.0.1', port })).rejects.toMatchObject({
    error: { code: 'port-in-use', params: { port } },
  })
  await expect(listenWs({ broker, bind: '192.0.2.1', port: 0 })).rejects.toMatchObject({
    error: { code: 'address-invalid', params: { address: '192.0.2.1' } },
  })
})

test('a WebSocket reports the time that it spends on input, without that of its messages', async () => {
  const { broker } = startBroker()
  const told: number[] = []
  const messages: number[] = []
  const busyFor = 300
  const accept = (transport: Transport): void =>
    transport.start({
      heard: spent => told.push(spent),
      data: ({ length }) => {
        messages.push(length)
        const end = length > 0 ? performance.now() + busyFor : 0
        while (performance.now() < end);
      },
      broken: () => undefined,
      drained: () => undefined,
      closed: () => undefined,
    })
  const { serverName, limits, log } = broker
  const acceptor = { serverName, limits, log, accept }
  const listening = await listenWs({ broker: acceptor, bind: '127.0.0.1', port: 0 })
  const raw = await RawSocket.upgrade(listening.port)
  onTestFinished(async () => {
    raw.socket.destroy()
    await listening.close()
  })
  raw.sendMessage('a')
  await expect.poll(() => told.length).toBe(1)
  expect(told[0]).toBeLessThan(busyFor)
  const fragments = [Buffer.from([0x01, 0x80, 0, 0, 0, 0]), Buffer.from([0x80, 0x80, 0, 0, 0, 0])]
  raw.send(Buffer.concat(Array.from({ length: 1_000 }, () => fragments).flat()))
  await expect.poll(() => messages.length).toBe(1_001)
  expect(told.at(-1)).toBeGreaterThan(0)
})

import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import {
  createServer as createHttp,
  type IncomingMessage,
  type RequestListener,
  type Server as HttpServer,
} from 'node:http'
import { createServer as createHttps, type Server as HttpsServer } from 'node:https'
import { createServer as createTcp, type AddressInfo, type Server } from 'node:net'
import { afterEach, expect, test, vi } from 'vitest'
import { WebSocketServer, type WebSocket } from 'ws'
import { pinnedCertificate } from '../../../main/network/pinned-certificate.ts'
import { isSockJs } from '../../../main/network/sockjs.ts'
import { createSocketFactory } from '../../../main/network/sockets.ts'
import { fingerprintSchema } from '../../../shared/contract/model.ts'
import type { Handshake, Socket } from '../../../shared/core/ports.ts'
import { shownAddress } from '../../../shared/text/secret-free.ts'
import { collectLog } from '../collect-log.ts'

const open: (() => void)[] = []
afterEach(() => {
  for (const close of open.splice(0)) close()
})

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  open.push(() => void server.close())
  return (server.address() as AddressInfo).port
}

/** A WebSocket server at `path`, choosing a subprotocol or not; every other request is answered by `answer`. */
const webSocketServer = async (
  options: {
    path?: string
    chooses?: boolean
    answer?: RequestListener
    server?: HttpServer | HttpsServer
  } = {},
) => {
  const http = options.server ?? createHttp()
  const sockets = new WebSocketServer({
    noServer: true,
    path: options.path ?? '/stomp',
    ...(options.chooses === false && { handleProtocols: () => false }),
  })
  http.on('request', options.answer ?? ((_request, response) => response.writeHead(404).end()))
  http.on('upgrade', (request, socket, head) => {
    if (sockets.shouldHandle(request))
      sockets.handleUpgrade(request, socket, head, ws => sockets.emit('connection', ws, request))
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n')
  })
  const port = await listen(http)
  open.push(() => sockets.clients.forEach(client => client.terminate()))
  return { port, url: `ws://127.0.0.1:${port}/stomp`, sockets }
}

const factory = (options?: Parameters<typeof createSocketFactory>[1]) =>
  createSocketFactory(collectLog().log, options)

/** Opens a socket and keeps what it tells. */
const dial = (url: string, sockets = factory(), fingerprint: string | null = null, handshake?: Handshake) => {
  const socket = sockets.open(url, ['v12.stomp'], fingerprint, handshake)
  open.push(() => socket.terminate())
  const told: unknown[] = []
  const closed = vi.fn<(event: unknown) => void>()
  const opened = new Promise<void>(resolve => (socket.onopen = () => resolve()))
  const ended = new Promise<Socket>(resolve => {
    socket.onclose = event => {
      closed(event)
      resolve(socket)
    }
  })
  socket.onmessage = ({ data }) => told.push(data)
  return { socket, told, opened, ended, closed }
}

test('carries text and binary both ways', async () => {
  const { url, sockets } = await webSocketServer()
  const got: unknown[] = []
  sockets.on('connection', (client: WebSocket) => {
    client.on('message', (data: Buffer, binary) => got.push(binary ? [...data] : data.toString()))
    client.send('안녕')
    client.send(Uint8Array.of(1, 0, 2))
  })
  const { socket, told, opened } = dial(url)
  expect(socket.readyState).toBe(0)
  await opened
  expect(socket.readyState).toBe(1)
  socket.send('메시지')
  socket.send(Uint8Array.of(7, 0))
  await expect.poll(() => got).toEqual(['메시지', [7, 0]])
  await expect.poll(() => told).toHaveLength(2)
  expect(told.map(data => Buffer.from(data as Uint8Array))).toEqual([
    Buffer.from('안녕'),
    Buffer.from([1, 0, 2]),
  ])
})

test('tells the headers and parameters of the handshake, at a SockJS endpoint as well', async () => {
  const asked: (readonly [string | undefined, ...unknown[]])[] = []
  const keep = ({ url, headers }: IncomingMessage) =>
    asked.push([url, headers.authorization, headers.cookie, headers.origin, headers['x-name']])
  const { url, sockets } = await webSocketServer({
    path: '/stomp/websocket',
    answer: (request, response) => {
      keep(request)
      response.end('Welcome to SockJS!')
    },
  })
  sockets.on('connection', (_client, request) => keep(request))
  const { opened } = dial(`${url}?a=1`, factory(), null, {
    headers: {
      Authorization: 'Bearer t',
      Cookie: 'a=b',
      Origin: 'https://chat.example.org',
      'X-Name': '지우',
    },
    query: [
      ['token', 'a&b c'],
      ['token', '둘'],
    ],
  })
  await opened
  const told = ['Bearer t', 'a=b', 'https://chat.example.org', Buffer.from('지우').toString('latin1')]
  const query = `?a=1&token=a%26b%20c&token=${encodeURIComponent('둘')}`
  expect(asked).toEqual([
    [`/stomp${query}`, ...told],
    [`/stomp/websocket${query}`, ...told],
  ])
})

test('closing it oneself is no failure', async () => {
  const { url } = await webSocketServer()
  const { socket, opened, ended } = dial(url)
  await opened
  socket.close()
  expect(socket.readyState).toBe(2)
  expect((await ended).failure).toBeNull()
  expect(socket.readyState).toBe(3)
})

test('tearing it off ends it at once, even while it connects', async () => {
  const port = await listen(createTcp(() => undefined))
  const { socket, ended } = dial(`ws://127.0.0.1:${port}/`)
  socket.terminate()
  expect((await ended).failure).toBeNull()
})

test('a server that goes away says so', async () => {
  const { url, sockets } = await webSocketServer()
  sockets.on('connection', (client: WebSocket) => client.close(1001, 'going'))
  const { ended, closed } = dial(url)
  expect((await ended).failure).toEqual({
    code: 'host-closing',
    detail: 'WebSocket closed with 1001: going',
  })
  expect(closed).toHaveBeenCalledExactlyOnceWith({ code: 1001, reason: 'going', wasClean: true })
})

test('a message beyond the limit costs the connection', async () => {
  const { url, sockets } = await webSocketServer()
  sockets.on('connection', (client: WebSocket) => client.send('x'.repeat(2000)))
  const { ended, told } = dial(url, factory({ maxPayload: 1000 }))
  expect((await ended).failure?.code).toBe('connection-lost')
  expect(told).toEqual([])
})

test('a port where nobody listens is closed', async () => {
  const server = createTcp()
  const port = await listen(server)
  server.close()
  const { ended } = dial(`ws://127.0.0.1:${port}/stomp`)
  const { failure } = await ended
  expect(failure).toMatchObject({ code: 'port-closed', params: { name: '127.0.0.1', port } })
  expect(failure?.detail).toContain('ECONNREFUSED')
})

test('a name that nobody has is unknown', async () => {
  const { ended } = dial('ws://nobody.invalid:7070/stomp')
  expect((await ended).failure).toMatchObject({
    code: 'name-unknown',
    params: { host: 'nobody.invalid:7070' },
  })
})

test('a server that takes the connection and says nothing is unreachable', async () => {
  const port = await listen(createTcp(() => undefined))
  const { ended } = dial(`ws://127.0.0.1:${port}/`, factory({ handshakeTimeout: 50 }))
  expect((await ended).failure).toMatchObject({ code: 'server-unreachable' })
})

test.each([
  [404, 'server-not-stomp'],
  [200, 'server-not-stomp'],
  [401, 'access-refused'],
  [403, 'access-refused'],
  [421, 'host-name-refused'],
  [429, 'server-error'],
  [500, 'server-error'],
  [502, 'server-unreachable'],
])('HTTP %i comes to %s', async (status, code) => {
  const http = createHttp((_request, response) => response.writeHead(status).end('no'))
  const port = await listen(http)
  const { ended } = dial(`ws://127.0.0.1:${port}/stomp`)
  expect((await ended).failure).toMatchObject({ code, detail: `HTTP ${status}` })
})

test('a redirect is named without its secrets, and not followed', async () => {
  const asked = vi.fn<() => void>()
  const other = await listen(createHttp(asked))
  const location = `http://127.0.0.1:${other}/login?token=secret`
  const http = createHttp((_request, response) => response.writeHead(302, { location }).end())
  const { ended } = dial(`ws://127.0.0.1:${await listen(http)}/stomp`)
  expect((await ended).failure).toMatchObject({
    code: 'redirected',
    params: { location: `ws://127.0.0.1:${other}/login` },
  })
  expect(asked).not.toHaveBeenCalled()
})

test.each([
  ['TLS/1.2, HTTP/1.1', 'tls-required'],
  ['websocket', 'server-not-stomp'],
])('HTTP 426 that asks for %s comes to %s', async (upgrade, code) => {
  const http = createHttp((_request, response) => response.writeHead(426, { upgrade }).end('no'))
  const { ended } = dial(`ws://127.0.0.1:${await listen(http)}/stomp`)
  expect((await ended).failure).toMatchObject({ code, detail: 'HTTP 426' })
})

test('a server that speaks no HTTP is no STOMP server', async () => {
  const port = await listen(createTcp(client => client.end('SSH-2.0-OpenSSH_9.9\r\n')))
  const { ended } = dial(`ws://127.0.0.1:${port}/`)
  expect((await ended).failure).toMatchObject({ code: 'server-not-stomp' })
})

const read = (name: string) => readFileSync(new URL(`../certificates/${name}`, import.meta.url))
const pin = fingerprintSchema.parse(new X509Certificate(read('untrusted.crt')).fingerprint256)
const untrusted = () => createHttps({ key: read('untrusted.key'), cert: read('untrusted.crt') })

test('a certificate that nobody vouches for is refused', async () => {
  const port = await listen(untrusted())
  const { ended } = dial(`wss://127.0.0.1:${port}/stomp`)
  expect((await ended).failure).toMatchObject({
    code: 'certificate-refused',
    params: { host: `127.0.0.1:${port}` },
  })
})

test('a certificate that is known by its fingerprint needs nobody to vouch for it', async () => {
  const { port } = await webSocketServer({ server: untrusted() })
  const { opened } = dial(`wss://127.0.0.1:${port}/stomp`, factory(), pin)
  await opened
})

test('another certificate than the known one is refused before anything is asked', async () => {
  const asked = vi.fn<() => void>()
  const server = untrusted()
  server.on('upgrade', asked)
  server.on('request', asked)
  const port = await listen(server)
  const { ended } = dial(`wss://127.0.0.1:${port}/stomp`, factory(), 'ab'.repeat(32))
  expect((await ended).failure).toEqual({
    code: 'certificate-changed',
    params: { host: `127.0.0.1:${port}` },
  })
  expect(asked).not.toHaveBeenCalled()
})

test('TLS at a server without it is no STOMP server', async () => {
  const { port } = await webSocketServer()
  const { ended } = dial(`wss://127.0.0.1:${port}/stomp`)
  expect((await ended).failure).toMatchObject({ code: 'server-not-stomp' })
})

test.each(['http://127.0.0.1/', 'ws://', '127.0.0.1:7070', 'ws://a/#part', ''])(
  'refuses the address "%s"',
  async url => {
    const { ended, socket } = dial(url)
    expect(socket.readyState).toBe(0)
    expect((await ended).failure).toEqual({ code: 'url-invalid', params: { url: shownAddress(url) } })
  },
)

test('finds the WebSocket of a SockJS endpoint, and goes there at once the next time', async () => {
  const asked = vi.fn<(url: string | undefined) => void>()
  const { url } = await webSocketServer({
    path: '/stomp/websocket',
    answer: (request, response) => {
      asked(request.url)
      response.end('Welcome to SockJS!\n')
    },
  })
  const sockets = factory()
  const first = dial(url, sockets)
  await first.opened
  expect(first.socket.url).toBe(url)
  expect(asked).toHaveBeenCalled()
  asked.mockClear()
  await dial(url, sockets).opened
  expect(asked).not.toHaveBeenCalled()
})

const greets: RequestListener = (_request, response) => response.end('Welcome to SockJS!\n')

test('finds the WebSocket of a SockJS endpoint behind a certificate that is known by its fingerprint', async () => {
  const { port } = await webSocketServer({ path: '/stomp/websocket', answer: greets, server: untrusted() })
  const { opened } = dial(`wss://127.0.0.1:${port}/stomp`, factory(), pin)
  await opened
})

test('an endpoint with another certificate than the known one is not asked whether it is SockJS', async () => {
  const asked = vi.fn<RequestListener>(greets)
  const port = await listen(createHttps({ key: read('untrusted.key'), cert: read('untrusted.crt') }, asked))
  const ask = (fingerprint: string) =>
    isSockJs(`wss://127.0.0.1:${port}/stomp`, pinnedCertificate(fingerprint, 'box'))
  expect(await ask('ab'.repeat(32))).toBe(false)
  expect(asked).not.toHaveBeenCalled()
  expect(await ask(pin)).toBe(true)
})

test('gets on with a server that takes no part in subprotocols', async () => {
  const { url } = await webSocketServer({ chooses: false })
  const { opened } = dial(url)
  await opened
})

test('forgets a way that leads nowhere any more', async () => {
  const answer: RequestListener = (_request, response) => response.end('Welcome to SockJS!')
  const { port, url, sockets } = await webSocketServer({ path: '/stomp/websocket', answer })
  const factoryOfBoth = factory()
  await dial(url, factoryOfBoth).opened
  sockets.options.path = '/stomp'
  expect(port).toBeGreaterThan(0)
  expect((await dial(url, factoryOfBoth).ended).failure?.code).toBe('server-not-stomp')
  await dial(url, factoryOfBoth).opened
})

import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterEach, expect, test } from 'vitest'
import { WebSocketServer } from 'ws'
import { createSocketFactory } from '../../../../main/network/sockets.ts'
import { addressesOf, findServer } from '../../../../shared/core/servers/find-server.ts'
import type { AppError } from '../../../../shared/contract/errors.ts'
import type { Socket, SocketFactory } from '../../../../shared/core/ports.ts'
import { collectLog } from '../../../main/collect-log.ts'

const closing: (() => void)[] = []
afterEach(() => {
  for (const close of closing.splice(0)) close()
})

const clock = {
  now: () => Date.now(),
  after: (delay: number, run: () => void) => {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
}

/** Sockets over a network in which `open` opens, and everything else fails as told. */
const network = (open: readonly string[], failure: (url: string) => AppError | null) => {
  const tried: string[] = []
  let terminated = 0
  const sockets: SocketFactory = {
    open: url => {
      tried.push(url)
      const socket: Socket = {
        url,
        readyState: 0,
        onopen: null,
        onmessage: null,
        onerror: null,
        onclose: null,
        send: () => undefined,
        close: () => undefined,
        terminate: () => {
          terminated++
        },
        failure: failure(url),
      }
      queueMicrotask(() => {
        if (open.includes(url)) socket.onopen?.()
        else if (socket.failure) socket.onclose?.()
      })
      return socket
    },
  }
  return { ports: { sockets, clock, isOwn: () => false }, tried, ended: () => terminated }
}
const closed = (url: string): AppError => ({ code: 'port-closed', params: { name: new URL(url).hostname } })

test.each([
  ['ws://localhost', ['ws://localhost/stomp']],
  ['localhost:15674/ws', ['ws://localhost:15674/ws']],
  ['192.168.0.14:7070', ['ws://192.168.0.14:7070/stomp']],
  ['https://chat.example.org/ws', ['wss://chat.example.org/ws']],
  ['[::1]:7070', ['ws://[::1]:7070/stomp']],
])('%s shows its location', (typed, urls) => {
  expect(addressesOf(typed, null)).toEqual(urls)
})

test('a host without a port is tried at the usual ports, with the typed path', () => {
  expect(addressesOf('localhost', null)).toEqual([
    'ws://localhost:7070/stomp',
    'ws://localhost:15674/ws',
    'ws://localhost:61614/stomp',
    'ws://localhost:61613/stomp',
    'ws://localhost:8080/ws',
    'ws://localhost/stomp',
  ])
  expect(addressesOf('localhost/chat', null).slice(0, 2)).toEqual([
    'ws://localhost:7070/chat',
    'ws://localhost:15674/chat',
  ])
  expect(addressesOf('box.local', '0f'.repeat(32))[0]).toBe('wss://box.local:7070/stomp')
})

test('the most likely address that answers is chosen, and every attempt is ended', async () => {
  const { ports, tried, ended } = network(['ws://localhost:15674/ws', 'ws://localhost:8080/ws'], closed)
  expect(await findServer(ports, 'localhost', null)).toBe('ws://localhost:15674/ws')
  expect(ended()).toBe(tried.length)
})

test('if nothing answers, the error names the tried ports; a server that requires TLS goes first', async () => {
  const nothing = network([], closed)
  await expect(findServer(nothing.ports, 'localhost', null)).rejects.toMatchObject({
    error: {
      code: 'no-server-found',
      params: { name: 'localhost', ports: '7070, 15674, 61614, 61613, 8080, 80' },
    },
  })
  const locked = network([], url => (url.includes(':7070') ? { code: 'tls-required' } : closed(url)))
  await expect(findServer(locked.ports, '192.168.0.14', null)).rejects.toMatchObject({
    error: { code: 'tls-required' },
  })
})

test('the own host needs no attempt, and keeps its rank', async () => {
  const { ports, tried } = network(['ws://localhost:15674/ws'], closed)
  const at = (own: string) => findServer({ ...ports, isOwn: url => url === own }, 'localhost', null)
  expect(await at('ws://localhost:7070/stomp')).toBe('ws://localhost:7070/stomp')
  expect(tried).not.toContain('ws://localhost:7070/stomp')
  expect(await at('ws://localhost:8080/ws')).toBe('ws://localhost:15674/ws')
})

test('a silent port does not delay the others for long', async () => {
  const { ports } = network(['ws://localhost:15674/ws'], url => (url.includes(':7070') ? null : closed(url)))
  expect(await findServer(ports, 'localhost', null)).toBe('ws://localhost:15674/ws')
})

test('a real server is found by its address, and a closed port is reported', async () => {
  const http = createServer()
  const server = new WebSocketServer({ server: http })
  await new Promise<void>(resolve => http.listen(0, '127.0.0.1', resolve))
  closing.push(() => {
    server.close()
    http.close()
  })
  const { port } = http.address() as AddressInfo
  const ports = { sockets: createSocketFactory(collectLog().log), clock, isOwn: () => false }
  expect(await findServer(ports, `127.0.0.1:${port}`, null)).toBe(`ws://127.0.0.1:${port}/stomp`)
  http.close()
  server.close()
  for (const client of server.clients) client.terminate()
  await new Promise(resolve => http.on('close', resolve))
  await expect(findServer(ports, `127.0.0.1:${port}`, null)).rejects.toMatchObject({
    error: { code: 'port-closed', params: { name: '127.0.0.1', port } },
  })
})

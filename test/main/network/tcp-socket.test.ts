import { X509Certificate } from 'node:crypto'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { createServer as createTcp, type AddressInfo, type Server, type Socket as NetSocket } from 'node:net'
import { createServer as createTls } from 'node:tls'
import { expect, onTestFinished, test, vi } from 'vitest'
import { createSocketFactory } from '../../../main/network/sockets.ts'
import { fingerprintSchema } from '../../../shared/contract/model.ts'
import { collectLog } from '../collect-log.ts'
import { serverAt, somebody } from '../../shared/core/people.ts'

const listen = async (server: Server): Promise<number> => {
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  onTestFinished(() => void server.close())
  return (server.address() as AddressInfo).port
}

const read = (name: string) => readFileSync(new URL(`../certificates/${name}`, import.meta.url))
const pin = fingerprintSchema.parse(new X509Certificate(read('untrusted.crt')).fingerprint256)
const untrusted = (greet: (client: NetSocket) => void) =>
  createTls({ key: read('untrusted.key'), cert: read('untrusted.crt') }, greet)

const dial = (url: string, fingerprint: string | null = null, handshakeTimeout?: number) => {
  const sockets = createSocketFactory(
    collectLog().log,
    handshakeTimeout === undefined ? {} : { handshakeTimeout },
  )
  const socket = sockets.open(url, [], fingerprint)
  onTestFinished(() => socket.terminate())
  const told: string[] = []
  const opened = vi.fn<() => void>()
  socket.onopen = opened
  socket.onmessage = ({ data }) => told.push(Buffer.from(data as Uint8Array).toString())
  const ended = new Promise<typeof socket.failure>(resolve => {
    socket.onclose = () => resolve(socket.failure)
  })
  return { socket, told, opened, ended }
}

const echo = (client: NetSocket) => {
  client.on('error', () => undefined)
  client.pipe(client)
}

test('carries text and bytes both ways over TCP, and closes without a failure', async () => {
  const port = await listen(createTcp(echo))
  const { socket, told, opened, ended } = dial(`stomp://127.0.0.1:${port}`)
  await expect.poll(() => opened.mock.calls.length).toBe(1)
  socket.send('안녕')
  socket.send(Uint8Array.of(33))
  socket.send(Uint8Array.of(63).buffer)
  await expect.poll(() => told.join('')).toBe('안녕!?')
  socket.close()
  expect(await ended).toBeNull()
})

test('a server with the pinned certificate is trusted, and any other gets not a byte', async () => {
  const heard = vi.fn<() => void>()
  const server = untrusted(client => {
    client.on('data', heard)
    echo(client)
  })
  const url = `stomps://127.0.0.1:${await listen(server)}`
  const { socket, told, opened } = dial(url, pin)
  await expect.poll(() => opened.mock.calls.length).toBe(1)
  socket.send('x')
  await expect.poll(() => told).toEqual(['x'])
  heard.mockClear()
  const other = dial(url, 'ab'.repeat(32))
  expect((await other.ended)?.code).toBe('certificate-changed')
  const unknown = dial(url)
  expect((await unknown.ended)?.code).toBe('certificate-refused')
  expect([other.opened, unknown.opened, heard].every(({ mock }) => mock.calls.length === 0)).toBe(true)
})

test('says why it fails', async () => {
  const server = createTcp(client => client.destroy())
  const port = await listen(server)
  expect(await dial(`stomp://127.0.0.1:${port}`).ended).toMatchObject({ code: 'connection-lost' })
  server.close()
  expect(await dial(`stomp://127.0.0.1:${port}`).ended).toMatchObject({
    code: 'port-closed',
    params: { name: '127.0.0.1', port },
  })
  const silent = await listen(createTcp(echo))
  expect(await dial(`stomps://127.0.0.1:${silent}`, null, 50).ended).toMatchObject({
    code: expect.stringMatching(/^server-(unreachable|not-stomp)$/) as string,
  })
})

test('a messenger talks to a server over TCP', async () => {
  const port = await listen(
    createTcp(client => {
      client.on('error', () => undefined)
      client.on('data', data => {
        if (data.toString().startsWith('CONNECT\n')) client.write('CONNECTED\nversion:1.2\n\n\0')
        const [, receipt] = /^receipt:(.*)$/m.exec(data.toString()) ?? []
        if (receipt !== undefined) client.write(`RECEIPT\nreceipt-id:${receipt}\n\n\0`)
      })
    }),
  )
  const a = await somebody('지우')
  await a.messenger.commands.addServer(serverAt(`stomp://127.0.0.1:${port}`))
  await expect.poll(() => a.connection().phase).toBe('online')
})

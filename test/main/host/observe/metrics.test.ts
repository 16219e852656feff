import { expect, onTestFinished, test } from 'vitest'
import { listenMetrics } from '../../../../main/host/observe/metrics.ts'
import { silentLog } from '../../broker/log.ts'
import { RawSocket } from '../../broker/raw-socket.ts'
import { connect, startHost } from '../fixture.ts'

const start = async () => {
  const host = await startHost()
  let well = true
  const { counts } = host
  const metrics = await listenMetrics({
    bind: '127.0.0.1',
    port: 0,
    version: '1.2.3',
    log: silentLog,
    counts,
    isWell: () => well,
  })
  onTestFinished(() => metrics.close())
  const read = async () => {
    const response = await fetch(metrics.url)
    expect(response.headers.get('content-type')).toContain('text/plain')
    const text = await response.text()
    return (name: string) => Number(new RegExp(`^${name} (\\S+)$`, 'm').exec(text)?.[1])
  }
  const health = async () => {
    const response = await fetch(new URL('/healthz', metrics.url))
    return { status: response.status, body: (await response.json()) as unknown }
  }
  return { host, metrics, read, health, close: () => (well = false) }
}

test('reports what is open, the totals, stored messages and process figures', async () => {
  const { host, read } = await start()
  const ada = await connect(host.ws, { login: 'Ada' })
  await ada.subscribe('/topic/room.general')
  const message = { roomId: 'general', content: '안녕', type: 'CHAT' }
  for (const id of ['1', '2', '2']) await ada.send('/app/chat/message', { ...message, id })
  const value = await read()
  expect(value('stompbox_connections')).toBe(1)
  expect(value('stompbox_subscriptions')).toBe(2)
  expect(value('stompbox_messages_received_total')).toBe(3)
  expect(value('stompbox_requests_received_total')).toBe(3)
  expect(value('stompbox_messages_sent_total')).toBe(2)
  expect(value('stompbox_messages_stored_total')).toBe(2)
  expect(value('stompbox_backlog_bytes')).toBe(0)
  expect(value('stompbox_longest_backlog_bytes')).toBe(0)
  for (const name of [
    'stompbox_frames_received_total',
    'stompbox_frames_sent_total',
    'stompbox_received_bytes_total',
    'stompbox_sent_bytes_total',
    'process_resident_memory_bytes',
  ])
    expect(value(name)).toBeGreaterThan(3)
  expect(value('nodejs_eventloop_lag_p99_seconds')).toBeGreaterThanOrEqual(0)
  expect((await read())('stompbox_messages_received_total')).toBe(3)
})

test('is healthy until it closes', async () => {
  const { health, close, metrics } = await start()
  expect(await health()).toEqual({ status: 200, body: { status: 'ok' } })
  close()
  expect(await health()).toEqual({ status: 503, body: { status: 'closing' } })
  expect((await fetch(new URL('/', metrics.url))).status).toBe(404)
})

test('failed figures give an error answer, and the host runs on', async () => {
  const counts = () => {
    throw new Error('no figures')
  }
  const options = { bind: '127.0.0.1', port: 0, version: '1.2.3', log: silentLog, counts, isWell: () => true }
  const metrics = await listenMetrics(options)
  onTestFinished(() => metrics.close())
  expect((await fetch(metrics.url)).status).toBe(500)
})

const get = (path: string, host: string): string => `GET ${path} HTTP/1.1\r\nHost: ${host}\r\n\r\n`

test('a page under a foreign host name is refused', async () => {
  const { metrics } = await start()
  for (const path of ['/metrics', '/healthz']) {
    const raw = await RawSocket.open(Number(new URL(metrics.url).port))
    raw.send(get(path, 'evil.example'))
    await raw.waitForClose()
    expect(raw.received).toMatch(/^HTTP\/1.1 421 /)
    expect(raw.received).not.toMatch(/stompbox_|"status"/)
  }
})

test('sockets are bounded, and cut when their time is over, whatever they have sent', async () => {
  const { metrics, health } = await start()
  const port = Number(new URL(metrics.url).port)
  const silent = await Promise.all(Array.from({ length: 40 }, () => RawSocket.open(port)))
  await expect.poll(() => silent.filter(raw => raw.closed).length).toBe(24)
  for (const raw of silent) raw.send('GET /metrics HTTP/1.1\r\nHost: localhost\r\nx: ')
  await expect.poll(() => silent.every(raw => raw.closed)).toBe(true)
  expect(await health()).toMatchObject({ status: 200 })
})

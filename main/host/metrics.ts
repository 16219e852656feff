/** What the host tells monitoring: figures for Prometheus, and whether it is well. On a port of its own. */
import { createServer, type RequestListener } from 'node:http'
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { listen } from '../broker/listen-socket.ts'
import type { HostCounts } from './options.ts'

export interface Metrics {
  /** Where the figures are. */
  readonly url: string
  close: () => Promise<void>
}

export interface MetricsOptions {
  bind: string
  /** 0 lets the system choose. */
  port: number
  version: string
  /** Asked when somebody looks. */
  counts: () => HostCounts
  /** @returns false while the host is closing. */
  isWell: () => boolean
}

const gauges: Readonly<Partial<Record<keyof HostCounts, [name: string, help: string]>>> = {
  connections: ['stompbox_connections', 'Connections that are open.'],
  subscriptions: ['stompbox_subscriptions', 'Subscriptions of all connections.'],
  backlogBytes: ['stompbox_backlog_bytes', 'Bytes that wait for clients to take them.'],
  longestBacklogBytes: ['stompbox_longest_backlog_bytes', 'Those of the client that is furthest behind.'],
}

const counters: typeof gauges = {
  framesReceived: ['stompbox_frames_received_total', 'STOMP frames that came in.'],
  sendsReceived: ['stompbox_messages_received_total', 'SEND frames among them.'],
  requestsReceived: ['stompbox_requests_received_total', 'SEND frames to /app/ among those.'],
  bytesReceived: ['stompbox_received_bytes_total', 'Bytes of STOMP that came in.'],
  framesSent: ['stompbox_frames_sent_total', 'STOMP frames that went out, each MESSAGE for each subscriber.'],
  messagesSent: ['stompbox_messages_sent_total', 'MESSAGE frames among them.'],
  bytesSent: ['stompbox_sent_bytes_total', 'Bytes that went out, with the frames of WebSocket.'],
  messagesStored: ['stompbox_messages_stored_total', 'Messages that were written to disk.'],
}

const isCount = (key: string): key is keyof HostCounts => key in gauges || key in counters

/** @returns the host's figures and those of its process: memory, CPU, delay of the event loop, garbage collection. */
const registryOf = ({ version, counts }: MetricsOptions): Registry => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'stompbox_info',
    help: 'Which Stompbox this is.',
    labelNames: ['version'],
    registers,
  }).set({ version }, 1)
  for (const [key, [name, help]] of Object.entries(gauges)) {
    if (!isCount(key)) continue
    const gauge: Gauge = new Gauge({ name, help, registers, collect: () => gauge.set(counts()[key]) })
  }
  for (const [key, [name, help]] of Object.entries(counters)) {
    if (!isCount(key)) continue
    const collect = (): void => {
      counter.reset()
      counter.inc(counts()[key])
    }
    const counter = new Counter({ name, help, registers, collect })
  }
  return registry
}

/**
 * Answers `GET /metrics` in Prometheus' text format and `GET /healthz` with 200, or 503 while the host is closing.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenMetrics = async (options: MetricsOptions): Promise<Metrics> => {
  const registry = registryOf(options)
  const answer: RequestListener = (request, response) => {
    response.setHeader('connection', 'close')
    if (request.url === '/healthz') {
      const status = options.isWell() ? 'ok' : 'closing'
      response.writeHead(status === 'ok' ? 200 : 503, { 'content-type': 'application/json' })
      response.end(`${JSON.stringify({ status })}\n`)
    } else if (request.url === '/metrics') {
      response.setHeader('content-type', registry.contentType)
      registry.metrics().then(
        text => response.end(text),
        () => response.writeHead(500).end(),
      )
    } else response.writeHead(404).end()
  }
  const server = createServer({ headersTimeout: 5_000, requestTimeout: 5_000 }, answer)
  const listening = await listen(server, options.bind, options.port)
  const host = options.bind.includes(':') ? `[${options.bind}]` : options.bind
  return {
    url: `http://${host}:${listening.port}/metrics`,
    close: () => {
      const closed = listening.close()
      server.closeAllConnections()
      return closed
    },
  }
}

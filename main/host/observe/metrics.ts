/** The host's monitoring endpoint: figures for Prometheus and a health check, on a port of its own. */
import { collectDefaultMetrics, Counter, Gauge, Registry } from 'prom-client'
import { allowOwnHosts } from '../../broker/transport/allowed-hosts.ts'
import { activeLimits } from '../../broker/options/limits.ts'
import { createHttpServer, smallPage, type HttpHandler } from '../../broker/transport/http-handlers.ts'
import { listen } from '../../broker/transport/listen-socket.ts'
import { boundSockets } from '../../broker/transport/socket-bounds.ts'
import type { HostCounts, HostLog } from '../ports/options.ts'

export interface Metrics {
  /** The URL of the figures. */
  readonly url: string
  close: () => Promise<void>
}

export interface MetricsOptions {
  bind: string
  /** 0 lets the system choose. */
  port: number
  /** As {@link import('../ports/options.ts').HostOptions.allowedHosts}. */
  allowedHosts?: readonly string[] | undefined
  version: string
  log: HostLog
  /** Called for each request of the figures. */
  counts: () => HostCounts
  /** @returns false while the host is closing. */
  isWell: () => boolean
}

const gauges: Readonly<Partial<Record<keyof HostCounts, [name: string, help: string]>>> = {
  connections: ['stompbox_connections', 'Connections that are open.'],
  subscriptions: ['stompbox_subscriptions', 'Subscriptions of all connections.'],
  backlogBytes: ['stompbox_backlog_bytes', 'Bytes not yet written to slow clients.'],
  longestBacklogBytes: ['stompbox_longest_backlog_bytes', 'Backlog of the slowest client, in bytes.'],
}

const counters: typeof gauges = {
  framesReceived: ['stompbox_frames_received_total', 'STOMP frames that came in.'],
  sendsReceived: ['stompbox_messages_received_total', 'SEND frames among them.'],
  requestsReceived: ['stompbox_requests_received_total', 'SEND frames to /app/ among them.'],
  bytesReceived: ['stompbox_received_bytes_total', 'Bytes of STOMP that came in.'],
  framesSent: ['stompbox_frames_sent_total', 'STOMP frames that went out, each MESSAGE for each subscriber.'],
  messagesSent: ['stompbox_messages_sent_total', 'MESSAGE frames among them.'],
  bytesSent: ['stompbox_sent_bytes_total', 'Bytes that went out, with the frames of WebSocket.'],
  connectionsRefused: ['stompbox_connections_refused_total', 'Connections refused because of quotas.'],
  messagesStored: ['stompbox_messages_stored_total', 'Messages that were written to disk.'],
}

const isCount = (key: string): key is keyof HostCounts => key in gauges || key in counters

/** @returns the figures of the host and its process: memory, CPU, delay of the event loop, garbage collection. */
const registryOf = ({ version, counts }: MetricsOptions): Registry => {
  const registry = new Registry()
  const registers = [registry]
  collectDefaultMetrics({ register: registry })
  new Gauge({
    name: 'stompbox_info',
    help: 'Version of Stompbox.',
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
 * A few clients, but no flood; a socket serves one request and is cut at its deadline, whatever the state of the
 * request.
 */
const limits = activeLimits({
  connections: 16,
  connectionsPerAddress: 8,
  connectionsPerLoopback: 8,
  connectTimeout: 5_000,
})

const figures = (registry: Registry): HttpHandler => ({
  path: '/metrics',
  methods: ['GET'],
  limits: { bodyBytes: 0, atOnce: 4 },
  answer: async () => ({ type: registry.contentType, body: await registry.metrics() }),
})

const health = (isWell: MetricsOptions['isWell']): HttpHandler => ({
  path: '/healthz',
  ...smallPage,
  answer: () => {
    const [status, word] = isWell() ? [200, 'ok'] : [503, 'closing']
    return { status, type: 'application/json', body: `${JSON.stringify({ status: word })}\n` }
  },
})

/**
 * Answers `GET /metrics` in Prometheus' text format, and `GET /healthz` with 200, or with 503 while the host is
 * closing. Requests under a foreign host name are refused, as on the host's own port.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenMetrics = async (options: MetricsOptions): Promise<Metrics> => {
  const { bind, port, allowedHosts, log } = options
  const registry = registryOf(options)
  const server = createHttpServer({
    handlers: [figures(registry), health(options.isWell)],
    allowed: allowOwnHosts({ bind, extra: allowedHosts, log }),
  })
  const listening = await listen(server, bind, port, boundSockets(server, limits))
  const host = bind.includes(':') ? `[${bind}]` : bind
  return {
    url: `http://${host}:${listening.port}/metrics`,
    close: listening.close,
  }
}

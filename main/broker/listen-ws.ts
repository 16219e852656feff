/** STOMP over WebSocket (RFC 6455), and over plain HTTP a page that says so. */
import { createServer, type IncomingMessage, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { WebSocketServer, type ServerOptions } from 'ws'
import { allowOwnHosts } from './allowed-hosts.ts'
import type { Broker } from './broker.ts'
import { listen, type Listening, type TlsIdentity } from './listen-socket.ts'
import { closeTimeout, isLoopbackAddress, peerAddress } from './socket.ts'
import { boundSockets, timeoutOf } from './socket-bounds.ts'
import { AnsweringWebSocket, websocketTransport } from './websocket.ts'

/** Parts in which an unfinished WebSocket frame may wait: as many as the largest has at the smallest segments of a network. */
const mostChunks = 4_096

interface Page {
  type: string
  body: string
}

/** For load balancers and the like: it answers, so it lives. */
const health: Page = { type: 'application/json', body: '{"status":"ok"}\n' }

const pageOf = (serverName: string): Page => ({
  type: 'text/html; charset=utf-8',
  body: `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${serverName}</title>
<h1>${serverName}</h1>
<p>This is a STOMP broker. Connect a STOMP client over WebSocket to this address, with <code>ws://</code> in place of <code>http://</code>.</p>
</html>
`,
})

export interface WebSocketListenerOptions {
  broker: Broker
  /** Address to listen on. */
  bind: string
  /** 0 lets the system choose. */
  port: number
  /** Further names under which people reach this computer; its own addresses and names are known. */
  allowedHosts?: readonly string[] | undefined
  tls?: TlsIdentity | undefined
}

/**
 * Listens for STOMP over WebSocket on any path; a plain HTTP request gets a page that says what this is, or on `/health` that it runs.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenWs = async (options: WebSocketListenerOptions): Promise<Listening> => {
  const { broker, bind, port, tls } = options
  const { connectTimeout, frameBytes, fragments, pingRate } = broker.limits
  const handshakeTimeout = timeoutOf(broker.limits)
  const allowed = allowOwnHosts([bind, ...(options.allowedHosts ?? [])])
  const refusal = ({ headers }: IncomingMessage): string | null => {
    if (!allowed.allowsHost(headers.host)) return 'This is not an address of this server.'
    return allowed.allowsOrigin(headers.origin) ? null : 'Pages of other sites may not connect.'
  }

  const answer: RequestListener = (request, response) => {
    const reason = refusal(request)
    const page = request.url === '/health' ? health : pageOf(broker.serverName)
    response.writeHead(reason === null ? 200 : 403, {
      'content-type': reason === null ? page.type : 'text/plain; charset=utf-8',
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    response.end(reason ?? page.body)
  }
  const http = {
    headersTimeout: handshakeTimeout,
    requestTimeout: handshakeTimeout,
    connectionsCheckingInterval: Math.min(1_000, connectTimeout),
    maxHeaderSize: 8 * 1024,
  }
  const server = tls
    ? createTlsServer({ ...http, ...tls, handshakeTimeout }, answer)
    : createServer(http, answer)
  const sockets = boundSockets(server, broker.limits)
  // `closeTimeout` is newer than the published types.
  const settings: ServerOptions<typeof AnsweringWebSocket> & { closeTimeout: number } = {
    WebSocket: AnsweringWebSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    closeTimeout,
    // A frame may come in one message with its neighbours; what is truly too large the decoder refuses with an ERROR.
    maxPayload: 2 * frameBytes,
    maxFragments: fragments,
    maxBufferedChunks: mostChunks,
    // Text is checked here, so that the peer gets an ERROR that says what is wrong.
    skipUTF8Validation: true,
    handleProtocols: offered =>
      ['v12.stomp', 'v11.stomp', 'v10.stomp'].find(name => offered.has(name)) ?? false,
  }
  const websockets = new WebSocketServer(settings)
  server.on('upgrade', (request, socket, head) => {
    const reason = refusal(request)
    if (reason !== null) {
      socket.on('error', () => undefined)
      // Nobody watches over this socket any more: who does not close it must not keep it.
      socket.once('finish', () => socket.destroy())
      socket.end(`HTTP/1.1 403 Forbidden\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\n${reason}\n`)
      return
    }
    const address = peerAddress(request.socket.remoteAddress)
    const loopback = isLoopbackAddress(address)
    const age = sockets.ageOf(request.socket)
    websockets.handleUpgrade(request, socket, head, websocket =>
      broker.accept(websocketTransport(websocket, socket, { address, loopback, age, pingRate })),
    )
  })
  const listening = await listen(server, bind, port)
  return {
    port: listening.port,
    close: () => {
      const closed = listening.close()
      // Those that have asked for nothing yet; WebSockets are not among them any more.
      server.closeAllConnections()
      return closed
    },
  }
}

/** STOMP over WebSocket (RFC 6455), and a few pages over plain HTTP. */
import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { TLSSocket } from 'node:tls'
import { WebSocketServer, type ServerOptions } from 'ws'
import { allowOwnHosts, type HttpRefusal } from './allowed-hosts.ts'
import { createHttpServer, smallPage, type HttpHandler } from './http-handlers.ts'
import { listen, type Listening, type TlsIdentity } from './listen-socket.ts'
import { inFrontWithTls } from './listen-tls.ts'
import { closeTimeout, isLoopbackAddress, peerAddress } from './socket.ts'
import { boundSockets } from './socket-bounds.ts'
import { AnsweringWebSocket, WebSocketTransport } from './websocket.ts'
import type { Acceptor } from './transport.ts'

/** The most parts of an unfinished WebSocket frame: as many as the largest frame has at the smallest TCP segments. */
const mostChunks = 4_096

/** The health check for load balancers and monitoring. */
const health: HttpHandler = {
  path: '/health',
  ...smallPage,
  answer: () => ({ type: 'application/json', body: '{"status":"ok"}\n' }),
}

/** A page for people who open the address in a browser. */
const page = (serverName: string): HttpHandler => ({
  path: '*',
  ...smallPage,
  answer: ({ socket }) => {
    const [ws, http] = socket instanceof TLSSocket ? ['wss', 'https'] : ['ws', 'http']
    return {
      type: 'text/html; charset=utf-8',
      body: `<!doctype html>
<html lang="en"><meta charset="utf-8"><title>${serverName}</title>
<h1>${serverName}</h1>
<p>This is a STOMP broker. Connect a STOMP client over WebSocket to this address, with <code>${ws}://</code> in place of <code>${http}://</code>.</p>
</html>
`,
    }
  },
})

/** RFC 9110, 15.5.22; RFC 2817, 4.2. */
const plainRefusal = (authority: string): string =>
  [
    'HTTP/1.1 426 Upgrade Required',
    'upgrade: TLS/1.2, HTTP/1.1',
    'connection: upgrade, close',
    'content-type: text/plain; charset=utf-8',
    '',
    `This address only accepts TLS: connect to wss://${authority}.\n`,
  ].join('\r\n')

const refusalOf = ({ status, reason }: HttpRefusal): string =>
  `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nconnection: close\r\ncontent-type: text/plain\r\n\r\n${reason}\n`

export interface WebSocketListenerOptions {
  broker: Acceptor
  /** Address to listen on. */
  bind: string
  /** 0 lets the system choose. */
  port: number
  /** As {@link import('./allowed-hosts.ts').AllowedHostsOptions.extra}. */
  allowedHosts?: readonly string[] | undefined
  /** With it, only this computer may connect without TLS. */
  tls?: TlsIdentity | undefined
  /** Further paths of plain HTTP. */
  handlers?: readonly HttpHandler[] | undefined
}

/**
 * Listens for STOMP over WebSocket on any path. A plain GET of `/health` reports that the broker is running; a GET of
 * any other path explains the address.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenWs = async (options: WebSocketListenerOptions): Promise<Listening> => {
  const { broker, bind, port, tls, handlers = [] } = options
  const { frameBytes, frameBytesBeforeConnect, fragments, pingRate } = broker.limits
  const allowed = allowOwnHosts({ bind, extra: options.allowedHosts, log: broker.log })

  /** Sockets of requests that may take long: nothing but the end of the listener limits their time. */
  const lasting = new Set<Socket>()
  const http = createHttpServer({
    handlers: [health, page(broker.serverName), ...handlers],
    allowed,
    handOver: socket => {
      sockets.handOver(socket)
      lasting.add(socket)
      socket.once('close', () => lasting.delete(socket))
    },
  })
  const server = tls ? inFrontWithTls(http, tls, plainRefusal) : http
  const sockets = boundSockets(server, broker.limits)
  // `closeTimeout` is newer than the published types.
  const settings: ServerOptions<typeof AnsweringWebSocket> & { closeTimeout: number } = {
    WebSocket: AnsweringWebSocket,
    noServer: true,
    clientTracking: false,
    perMessageDeflate: false,
    closeTimeout,
    // A message may contain several frames; the decoder refuses a frame that is too large with an ERROR.
    maxPayload: 2 * frameBytes,
    maxFragments: fragments,
    maxBufferedChunks: mostChunks,
    // Text is checked here, so that the peer gets an ERROR that says what is wrong.
    skipUTF8Validation: true,
    handleProtocols: offered =>
      ['v12.stomp', 'v11.stomp', 'v10.stomp'].find(name => offered.has(name)) ?? false,
  }
  const websockets = new WebSocketServer(settings)
  http.on('upgrade', (request, socket, head) => {
    const refusal = allowed.refuse(request.headers)
    if (refusal) {
      socket.on('error', () => undefined)
      // From here on nothing else closes this socket if the peer does not.
      socket.once('finish', () => socket.destroy())
      socket.end(refusalOf(refusal))
      return
    }
    const address = peerAddress(request.socket.remoteAddress)
    const loopback = isLoopbackAddress(address)
    const unfinishedBytes = 2 * frameBytesBeforeConnect
    websockets.handleUpgrade(request, socket, head, websocket => {
      const age = sockets.handOver(request.socket)
      broker.accept(
        new WebSocketTransport(websocket, socket, { address, loopback, age, pingRate, unfinishedBytes }),
      )
    })
  })
  const listening = await listen(server, bind, port, sockets)
  return {
    port: listening.port,
    close: () => {
      const closed = listening.close()
      for (const socket of lasting) socket.destroy()
      return closed
    },
  }
}

/** STOMP over WebSocket (RFC 6455), and over plain HTTP a page that says so. */
import { STATUS_CODES } from 'node:http'
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

/** Parts in which an unfinished WebSocket frame may wait: as many as the largest has at the smallest segments of a network. */
const mostChunks = 4_096

/** For load balancers and the like: it answers, so it lives. */
const health: HttpHandler = {
  path: '/health',
  ...smallPage,
  answer: () => ({ type: 'application/json', body: '{"status":"ok"}\n' }),
}

/** Says what this is to whoever opens the address in a browser. */
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
    `This address takes TLS alone: connect to wss://${authority}.\n`,
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
  /** With it only this computer may speak plain. */
  tls?: TlsIdentity | undefined
}

/**
 * Listens for STOMP over WebSocket on any path. A plain GET of `/health` says that the broker runs, of any other path what this is.
 * @throws {Failure} `port-in-use`, `port-forbidden` or `address-invalid`.
 */
export const listenWs = async (options: WebSocketListenerOptions): Promise<Listening> => {
  const { broker, bind, port, tls } = options
  const { frameBytes, frameBytesBeforeConnect, fragments, pingRate } = broker.limits
  const allowed = allowOwnHosts({ bind, extra: options.allowedHosts, log: broker.log })

  const http = createHttpServer({
    handlers: [health, page(broker.serverName)],
    allowed,
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
  http.on('upgrade', (request, socket, head) => {
    const refusal = allowed.refuse(request.headers)
    if (refusal) {
      socket.on('error', () => undefined)
      // Nobody watches over this socket any more: who does not close it must not keep it.
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
  return listen(server, bind, port, sockets)
}

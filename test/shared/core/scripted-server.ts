/** A small WebSocket server that speaks the STOMP that a test tells it, for the ways of brokers that are not at hand. */
import { once } from 'node:events'
import { createServer as createHttp, type IncomingHttpHeaders } from 'node:http'
import { createServer as createHttps } from 'node:https'
import { WebSocketServer, type WebSocket } from 'ws'

interface ClientFrame {
  command: string
  headers: Record<string, string>
  body: string
}

/** One connection, from the server's side. */
export interface Peer {
  /** The address and the HTTP headers of the handshake. */
  asked: { url: string | undefined; headers: IncomingHttpHeaders }
  /** The frames that have come, in order; heart-beats are left out. */
  frames: ClientFrame[]
  /** Line feeds that have come by themselves. */
  beats: number
  /** Pings of WebSocket that have come. */
  pings: number
  closed: boolean
  frame(command: string, headers?: Record<string, string>, body?: string): void
  raw(data: string): void
  close(code?: number, reason?: string): void
  /** Stops reading and answering, as a computer does whose cable was pulled. */
  freeze(): void
}

export interface ScriptedServer {
  url: string
  port: number
  peers: Peer[]
  /** @returns the newest connection. */
  peer(): Peer
  stop(): Promise<void>
}

const unescape = (value: string): string =>
  value.replace(/\\(.)/g, (_, letter: string) => ({ n: '\n', r: '\r', c: ':' })[letter] ?? letter)

const parse = (text: string): ClientFrame => {
  const end = text.indexOf('\n\n')
  const [command = '', ...lines] = text.slice(0, end).split('\n')
  const headers = lines.map(line => {
    const colon = line.indexOf(':')
    const value = line.slice(colon + 1)
    return [line.slice(0, colon), command === 'CONNECT' ? value : unescape(value)] as const
  })
  return { command, headers: Object.fromEntries(headers), body: text.slice(end + 2, -1) }
}

/** What a broker answers by itself. */
export type Script = (peer: Peer, frame: ClientFrame) => void

/** Answers CONNECT, and gives every receipt that is asked for. */
export const politeScript =
  (connected: Record<string, string> = {}): Script =>
  (peer, { command, headers }) => {
    if (command === 'CONNECT') peer.frame('CONNECTED', { version: '1.2', 'heart-beat': '0,0', ...connected })
    if (headers.receipt !== undefined) peer.frame('RECEIPT', { 'receipt-id': headers.receipt })
    if (command === 'DISCONNECT') peer.close()
  }

interface ServerOptions {
  /** Whether pings are answered, as RFC 6455 has it. */
  autoPong?: boolean
  port?: number
  tls?: { cert: string; key: string }
}

export const startScriptedServer = async (
  script: Script,
  { autoPong = true, port = 0, tls }: ServerOptions = {},
): Promise<ScriptedServer> => {
  const http = tls ? createHttps(tls) : createHttp()
  const server = new WebSocketServer({ server: http, autoPong })
  http.listen(port, '127.0.0.1')
  await once(http, 'listening')
  const address = http.address()
  if (typeof address !== 'object' || address === null) throw new Error('no address')
  const peers: Peer[] = []

  server.on('connection', (socket: WebSocket, { url, headers }) => {
    const peer: Peer = {
      asked: { url, headers },
      frames: [],
      beats: 0,
      pings: 0,
      closed: false,
      frame(command, headers = {}, body = '') {
        const lines = Object.entries(headers).map(([name, value]) => `${name}:${value}\n`)
        socket.send(`${command}\n${lines.join('')}\n${body}\0`)
      },
      raw: data => socket.send(data),
      close: (code, reason) => socket.close(code, reason),
      freeze() {
        socket.removeAllListeners('message')
        socket.pause()
      },
    }
    peers.push(peer)
    socket.on('close', () => {
      peer.closed = true
    })
    socket.on('ping', () => {
      peer.pings++
    })
    socket.on('message', data => {
      const text = (data as Buffer).toString()
      if (text === '\n') {
        peer.beats++
        return
      }
      const frame = parse(text)
      peer.frames.push(frame)
      script(peer, frame)
    })
  })

  return {
    url: `${tls ? 'wss' : 'ws'}://127.0.0.1:${address.port}/ws`,
    port: address.port,
    peers,
    peer() {
      const newest = peers.at(-1)
      if (!newest) throw new Error('nobody has connected')
      return newest
    },
    async stop() {
      for (const client of server.clients) client.terminate()
      http.close()
      await once(http, 'close')
    },
  }
}

/** One request of the doctor over HTTP. It follows no redirect. */
import { createHash, randomBytes } from 'node:crypto'
import { request as requestHttp, type IncomingHttpHeaders, type IncomingMessage } from 'node:http'
import { request as requestHttps } from 'node:https'
import { Failure } from '../../../shared/contract/errors.ts'
import { headersOf } from '../handshake.ts'
import type { Trust } from '../trust.ts'
import { codeOf } from './code-of.ts'

/** What came back. */
export type Answer =
  /** 101. `isWebSocket`: whether its `Sec-WebSocket-Accept` is right. */
  | { kind: 'upgraded'; isWebSocket: boolean; protocol: string | null; headers: IncomingHttpHeaders }
  /** Any other answer, and the beginning of its body. */
  | { kind: 'answered'; status: number; words: string; headers: IncomingHttpHeaders; body: string }
  | { kind: 'failed'; code: string }
  /** The connection is open, and nothing comes. */
  | { kind: 'silent' }

/** Longest part of a body that is read. Bytes. */
const longestBody = 4096
/** Milliseconds that the body may take after the head. */
const bodyDeadline = 1000

interface AskOptions {
  /** Milliseconds. */
  deadline: number
  /** Subprotocols to offer for a WebSocket; none at all for a plain GET. */
  protocols?: readonly string[] | null
  /** Further headers. */
  headers?: Readonly<Record<string, string>>
}

/** RFC 6455, section 4.2.2. */
const acceptOf = (key: string): string =>
  createHash('sha1').update(`${key}258EAFA5-E914-47DA-95CA-C5AB0DC85B11`).digest('base64')

const readBody = (response: IncomingMessage): Promise<string> =>
  new Promise(resolve => {
    const parts: Buffer[] = []
    let length = 0
    const end = (): void => {
      clearTimeout(timer)
      resolve(Buffer.concat(parts).toString('utf8').slice(0, longestBody))
    }
    const timer = setTimeout(() => response.destroy(), bodyDeadline)
    response.on('data', (part: Buffer) => {
      parts.push(part)
      length += part.length
      if (length >= longestBody) response.destroy()
    })
    response.on('error', () => undefined)
    response.once('close', end)
  })

/**
 * Asks for a WebSocket, or just for the page where `protocols` is null; never rejects, and closes the connection.
 * @param url `ws:` or `wss:` address.
 */
export const ask = (
  url: URL,
  { finishRequest, ...tls }: Trust,
  { deadline, protocols = ['v12.stomp'], headers: further = {} }: AskOptions,
): Promise<Answer> =>
  new Promise(resolve => {
    const key = randomBytes(16).toString('base64')
    const upgrade = {
      Connection: 'Upgrade',
      Upgrade: 'websocket',
      'Sec-WebSocket-Version': '13',
      'Sec-WebSocket-Key': key,
      ...(protocols && { 'Sec-WebSocket-Protocol': protocols.join(',') }),
    }
    const address = new URL(url.href.replace(/^ws/, 'http'))
    const send = address.protocol === 'https:' ? requestHttps : requestHttp
    const request = send(address, {
      ...tls,
      agent: false,
      headers: { ...headersOf({ headers: further }), ...(protocols && upgrade) },
    })
    const timer = setTimeout(() => {
      resolve({ kind: 'silent' })
      request.destroy()
    }, deadline)
    request.once('close', () => clearTimeout(timer))
    request.once('upgrade', ({ headers }, socket) => {
      clearTimeout(timer)
      socket.on('error', () => undefined)
      socket.destroy()
      const isWebSocket = headers['sec-websocket-accept'] === acceptOf(key)
      const protocol = headers['sec-websocket-protocol'] ?? null
      resolve({ kind: 'upgraded', isWebSocket, protocol, headers })
    })
    request.once('response', response => {
      clearTimeout(timer)
      const { statusCode: status = 0, statusMessage: words = '', headers } = response
      void readBody(response).then(body => resolve({ kind: 'answered', status, words, headers, body }))
    })
    request.on('error', error =>
      resolve({ kind: 'failed', code: error instanceof Failure ? error.error.code : codeOf(error) }),
    )
    if (finishRequest) finishRequest(request)
    else request.end()
  })

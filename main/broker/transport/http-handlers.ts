/** Plain HTTP on a listener: a table of handlers, each with its own limits. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Readable } from 'node:stream'
import type { AllowedHosts } from './allowed-hosts.ts'

/** The answer of a handler. */
export interface HttpAnswer {
  /** Default: 200. */
  status?: number
  /** Media type of the body. */
  type: string
  body: string | Readable
  headers?: Record<string, string>
}

/**
 * Exempts a request from the time limit of sockets, once it is known that its peer may take long. It is cut when no byte
 * moves for {@link longestSilence} instead.
 */
export type KeepOpen = () => void

/** How long a request that may take long may be silent. Milliseconds. */
const longestSilence = 30_000

/** Answers requests for one path. */
export interface HttpHandler {
  /**
   * The path without its query, such as `/health`; `/files/*` for one more word after `/files/`; `*` for each path that no
   * other handler has.
   */
  path: string
  /** The accepted methods. HEAD is accepted wherever GET is. */
  methods: readonly ('GET' | 'POST' | 'PATCH')[]
  limits: {
    /** The largest request body, in bytes. A larger one is refused before it is read. */
    bodyBytes: number
    /** The most concurrent requests. */
    atOnce: number
  }
  /** @throws anything: the peer gets a 500 without details. */
  answer(request: IncomingMessage, keepOpen: KeepOpen): HttpAnswer | Promise<HttpAnswer>
}

/** For handlers that answer at once, from memory, to requests without a body. */
export const smallPage = { methods: ['GET'], limits: { bodyBytes: 0, atOnce: 64 } } as const

const sentence = (status: number, body: string): HttpAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
})

/** @returns the announced size of the request body in bytes; Infinity if it is not announced (RFC 9112, 6.3). */
const announcedBytes = ({ headers }: IncomingMessage): number =>
  headers['transfer-encoding'] === undefined ? Number(headers['content-length'] ?? 0) : Infinity

class Route {
  readonly handler: HttpHandler
  #running = 0

  constructor(handler: HttpHandler) {
    this.handler = handler
  }

  /** Answers, and sends the answer: a request counts among those at once until it is sent. */
  async answer(
    request: IncomingMessage,
    keepOpen: KeepOpen,
    send: (answer: HttpAnswer) => Promise<void>,
  ): Promise<void> {
    const refused = this.#refusal(request)
    if (refused) return send(refused)
    this.#running += 1
    try {
      await send(await this.#made(request, keepOpen))
    } finally {
      this.#running -= 1
    }
  }

  #refusal(request: IncomingMessage): HttpAnswer | null {
    const { methods, limits } = this.handler
    if (!this.#takes(request.method))
      return {
        ...sentence(405, `This path accepts ${methods.join(', ')}.`),
        headers: { allow: methods.join(', ') },
      }
    if (announcedBytes(request) > limits.bodyBytes)
      return sentence(413, `A request to this path may have a body of ${limits.bodyBytes} bytes at most.`)
    if (this.#running >= limits.atOnce)
      return sentence(503, 'Too many requests at once: try again in a second.')
    return null
  }

  async #made(request: IncomingMessage, keepOpen: KeepOpen): Promise<HttpAnswer> {
    try {
      return await this.handler.answer(request, keepOpen)
    } catch {
      return sentence(500, 'The answer could not be made.')
    }
  }

  #takes(method = ''): boolean {
    const { methods } = this.handler
    return methods.some(each => each === method) || (method === 'HEAD' && methods.includes('GET'))
  }
}

export interface HttpHandlersOptions {
  handlers: readonly HttpHandler[]
  /** Refuses requests under a foreign host name, or from a page of another site. */
  allowed: AllowedHosts
  /** Takes a socket out of the time limit of sockets; without it, no request may take long. */
  handOver?: (socket: IncomingMessage['socket']) => void
}

const write = async (
  response: ServerResponse,
  { status = 200, type, body, headers }: HttpAnswer,
): Promise<void> => {
  response.writeHead(status, {
    ...headers,
    'content-type': type,
    'content-security-policy': "default-src 'none'; sandbox",
    'x-content-type-options': 'nosniff',
    connection: 'close',
  })
  if (typeof body === 'string') response.end(body)
  // The peer may go away, and the disk may fail in the middle: the connection is cut then.
  else await pipeline(body, response).catch(() => response.destroy())
}

/**
 * @returns an HTTP server with these handlers, and 404 for any other path. Every answer closes its connection. {@link
 *   import('./socket-bounds.ts').boundSockets} limits the time of a request.
 */
export const createHttpServer = ({ handlers, allowed, handOver }: HttpHandlersOptions): Server => {
  const routes = new Map(handlers.map(handler => [handler.path, new Route(handler)]))
  const routeTo = (path: string): Route | undefined =>
    routes.get(path) ?? routes.get(path.replace(/\/[^/]+$/, '/*')) ?? routes.get('*')

  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const send = (answer: HttpAnswer): Promise<void> => write(response, answer)
    const keepOpen = (): void => {
      if (!handOver) return
      const { socket } = request
      handOver(socket)
      socket.setTimeout(longestSilence, () => socket.destroy())
    }
    const refusal = allowed.refuse(request.headers)
    if (refusal) return send(sentence(refusal.status, refusal.reason))
    const [path = ''] = (request.url ?? '').split('?', 1)
    const route = routeTo(path)
    return route ? route.answer(request, keepOpen, send) : send(sentence(404, 'This path does not exist.'))
  }
  return createServer(
    { headersTimeout: 0, requestTimeout: 0, maxHeaderSize: 8 * 1024 },
    (request, response) => void respond(request, response),
  )
}

/** Plain HTTP on a listener: a table of handlers, each with its own limits. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AllowedHosts } from './allowed-hosts.ts'

/** The answer of a handler. */
interface HttpAnswer {
  /** Default: 200. */
  status?: number
  /** Media type of the body. */
  type: string
  body: string
  headers?: Record<string, string>
}

/** Answers requests for one path. */
export interface HttpHandler {
  /** The path without its query, such as `/health`; `*` for each path that no other handler has. */
  path: string
  /** The accepted methods. HEAD is accepted wherever GET is. */
  methods: readonly ('GET' | 'POST' | 'PUT')[]
  limits: {
    /** The largest request body, in bytes. A larger one is refused before it is read. */
    bodyBytes: number
    /** The most concurrent requests. */
    atOnce: number
  }
  /** @throws anything: the peer gets a 500 without details. */
  answer(request: IncomingMessage): HttpAnswer | Promise<HttpAnswer>
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

  async answer(request: IncomingMessage): Promise<HttpAnswer> {
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
    this.#running += 1
    try {
      return await this.handler.answer(request)
    } catch {
      return sentence(500, 'The answer could not be made.')
    } finally {
      this.#running -= 1
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
}

/**
 * @returns an HTTP server with these handlers, and 404 for any other path. Every answer closes its connection. {@link
 *   import('./socket-bounds.ts').boundSockets} limits the time of a request.
 */
export const createHttpServer = ({ handlers, allowed }: HttpHandlersOptions): Server => {
  const routes = new Map(handlers.map(handler => [handler.path, new Route(handler)]))

  const answerTo = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const refusal = allowed.refuse(request.headers)
    if (refusal) return sentence(refusal.status, refusal.reason)
    const [path = ''] = (request.url ?? '').split('?', 1)
    const route = routes.get(path) ?? routes.get('*')
    return (await route?.answer(request)) ?? sentence(404, 'This path does not exist.')
  }
  const respond = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const { status = 200, type, body, headers } = await answerTo(request)
    response.writeHead(status, {
      ...headers,
      'content-type': type,
      'content-security-policy': "default-src 'none'",
      'x-content-type-options': 'nosniff',
      connection: 'close',
    })
    response.end(body)
  }
  return createServer(
    { headersTimeout: 0, requestTimeout: 0, maxHeaderSize: 8 * 1024 },
    (request, response) => void respond(request, response),
  )
}

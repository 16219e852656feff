/** What a listener answers to plain HTTP: a table of handlers, each with limits of its own. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { AllowedHosts } from './allowed-hosts.ts'

/** What a handler answers. */
interface HttpAnswer {
  /** 200 unless something else is said. */
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
  /** The methods that it takes. HEAD is answered wherever GET is. */
  methods: readonly ('GET' | 'POST' | 'PUT')[]
  limits: {
    /** Bytes that a request body may have. A larger one is refused before it is read. */
    bodyBytes: number
    /** Requests that are answered at the same time. */
    atOnce: number
  }
  /** @throws anything: the peer gets a 500, and nothing of what was thrown. */
  answer(request: IncomingMessage): HttpAnswer | Promise<HttpAnswer>
}

/** For handlers that answer at once, from memory, to requests without a body. */
export const smallPage = { methods: ['GET'], limits: { bodyBytes: 0, atOnce: 64 } } as const

const sentence = (status: number, body: string): HttpAnswer => ({
  status,
  type: 'text/plain; charset=utf-8',
  body: `${body}\n`,
})

/** @returns how many bytes the request says its body has; Infinity where it does not say (RFC 9112, 6.3). */
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
        ...sentence(405, `This path takes ${methods.join(', ')}.`),
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
  /** Refuses requests that call this computer by a foreign name, or come from a page of another site. */
  allowed: AllowedHosts
}

/**
 * @returns an HTTP server that answers by these handlers, and 404 for any other path. Every answer closes its connection. How long a request
 *   may take is for {@link import('./socket-bounds.ts').boundSockets} to bound.
 */
export const createHttpServer = ({ handlers, allowed }: HttpHandlersOptions): Server => {
  const routes = new Map(handlers.map(handler => [handler.path, new Route(handler)]))

  const answerTo = async (request: IncomingMessage): Promise<HttpAnswer> => {
    const refusal = allowed.refuse(request.headers)
    if (refusal) return sentence(refusal.status, refusal.reason)
    const [path = ''] = (request.url ?? '').split('?', 1)
    const route = routes.get(path) ?? routes.get('*')
    return (await route?.answer(request)) ?? sentence(404, 'There is nothing at this path.')
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

/** The least of the Chrome DevTools Protocol that the stand-in needs: flat sessions over Chromium's pipe. */
import { EventEmitter } from 'node:events'
import type { Readable, Writable } from 'node:stream'
import type { Protocol } from '../../node_modules/playwright-core/types/protocol.d.ts'

export type { Protocol }
type Method = keyof Protocol.CommandParameters
type Event = keyof Protocol.Events
type Respond = (result: unknown, error?: string) => void

/** One attached target, or the browser itself. */
export class CdpSession {
  readonly #emitter = new EventEmitter()
  readonly #post: (method: string, params: object, respond: Respond) => void

  /** @param post hands a command to the pipe. */
  constructor(post: (method: string, params: object, respond: Respond) => void) {
    this.#post = post
    this.#emitter.setMaxListeners(0)
  }

  /** Sends a command. Rejects with what Chromium says, or when the browser is gone. */
  send<M extends Method>(
    method: M,
    params?: Protocol.CommandParameters[M],
  ): Promise<Protocol.CommandReturnValues[M]> {
    return new Promise((resolve, reject) => {
      this.#post(method, params ?? {}, (result, error) => {
        if (error === undefined) resolve(result as Protocol.CommandReturnValues[M])
        else reject(new Error(`${method}: ${error}`))
      })
    })
  }

  on<E extends Event>(event: E, listener: (payload: Protocol.Events[E]) => void): void {
    this.#emitter.on(event, listener)
  }

  off<E extends Event>(event: E, listener: (payload: Protocol.Events[E]) => void): void {
    this.#emitter.off(event, listener)
  }

  receive(event: string, payload: unknown): void {
    this.#emitter.emit(event, payload)
  }
}

/** What comes over the pipe; Chromium is trusted to speak its own protocol. */
interface Incoming {
  id?: number
  result?: unknown
  error?: { message: string }
  method?: string
  params?: unknown
  sessionId?: string
}

const endOfMessage = '\0'

/** A browser behind `--remote-debugging-pipe`: it ends when this process does, however that happens. */
export class Cdp {
  readonly browser: CdpSession
  readonly #input: Writable
  readonly #sessions = new Map<string, CdpSession>()
  readonly #waiting = new Map<number, Respond>()
  #lastId = 0
  #buffered = ''
  #closed = false

  constructor(input: Writable, output: Readable) {
    this.#input = input
    this.browser = this.#makeSession()
    output.setEncoding('utf8').on('data', (chunk: string) => this.#read(chunk))
    output.on('close', () => this.#close())
    input.on('error', () => this.#close())
  }

  get closed(): boolean {
    return this.#closed
  }

  /** @returns the session of a target that was attached with `flatten`. */
  session(id: string): CdpSession {
    const session = this.#sessions.get(id) ?? this.#makeSession(id)
    this.#sessions.set(id, session)
    return session
  }

  #makeSession(sessionId?: string): CdpSession {
    return new CdpSession((method, params, respond) => {
      if (this.#closed) {
        respond(undefined, 'the browser is gone')
        return
      }
      const id = ++this.#lastId
      this.#waiting.set(id, respond)
      this.#input.write(JSON.stringify({ id, method, params, sessionId }) + endOfMessage)
    })
  }

  #read(chunk: string): void {
    const messages = (this.#buffered + chunk).split(endOfMessage)
    this.#buffered = messages.pop() ?? ''
    for (const message of messages) this.#receive(JSON.parse(message) as Incoming)
  }

  #receive(message: Incoming): void {
    if (message.id !== undefined) {
      const respond = this.#waiting.get(message.id)
      this.#waiting.delete(message.id)
      respond?.(message.result, message.error?.message)
    } else if (message.method !== undefined) {
      const session = message.sessionId === undefined ? this.browser : this.session(message.sessionId)
      session.receive(message.method, message.params)
    }
  }

  #close(): void {
    if (this.#closed) return
    this.#closed = true
    for (const respond of this.#waiting.values()) respond(undefined, 'the browser is gone')
    this.#waiting.clear()
  }
}

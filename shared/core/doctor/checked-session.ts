/** A session of the doctor, and what the server does in it. */
import type { Fact } from '../../contract/doctor.ts'
import { toAppError, type AppError } from '../../contract/errors.ts'
import { withoutSecrets } from '../../text/secret-free.ts'
import type { Dialect, ReceivedFrame, Sending, Subscription } from '../dialect/dialect.ts'
import type { Clock } from '../ports.ts'
import type { Connecting } from '../servers/connecting.ts'
import type { Session } from '../session/session.ts'
import type { WireEvent, WireFrame } from '../session/wire.ts'
import { fact } from './found.ts'
import { Signs } from './signs.ts'

export type Sign =
  | { name: 'connected'; dialect: Dialect }
  /** The server has confirmed the SUBSCRIBE. */
  | { name: 'subscribed' }
  /** The server has refused the SUBSCRIBE, or the SEND. */
  | { name: 'refused'; error: AppError }
  | { name: 'message'; frame: ReceivedFrame }
  | { name: 'ended'; error: AppError }

/** CONNECTED headers that say something about the server. */
const telling = [
  ['version', 'version'],
  ['server', 'server'],
  ['heart-beat', 'heartBeat'],
] as const

export class CheckedSession {
  readonly signs: Signs<Sign>
  /** What the server has said since the last step. */
  #facts: Fact[] = []
  #session: Session | null = null
  #subscribeReceipt: string | undefined
  readonly #connecting: Connecting

  constructor(connecting: Connecting, clock: Clock) {
    this.#connecting = connecting
    this.signs = new Signs(clock.after)
  }

  /** Begins to connect; {@link signs} tell of the rest. Rejects as {@link Connecting.open}. */
  async open(): Promise<void> {
    const session = await this.#connecting.open({
      onConnected: dialect => this.signs.add({ name: 'connected', dialect }),
      onEnded: error => {
        const { detail } = error
        if (detail?.startsWith('WebSocket closed') === true) this.#facts.push(this.#fact('close', detail))
        this.signs.add({ name: 'ended', error })
      },
    })
    session.observe(event => this.#see(event))
    this.#session = session
  }

  subscribe({ destination, headers }: Subscription): void {
    this.#session?.subscribe(
      destination,
      headers,
      frame => this.signs.add({ name: 'message', frame }),
      error => this.signs.add({ name: 'refused', error }),
    )
  }

  send(sending: Sending): void {
    this.#session?.send(sending).catch((thrown: unknown) => {
      this.signs.add({ name: 'refused', error: toAppError(thrown) })
    })
  }

  async close(): Promise<void> {
    await this.#session?.close()
  }

  /** @returns what the server has said since this was called last. */
  takeFacts(): Fact[] {
    const facts = this.#facts
    this.#facts = []
    return facts
  }

  /** @returns a fact without what the server was sent. */
  #fact(term: Fact['term'], value: string): Fact {
    return fact(term, withoutSecrets(value, this.#session?.secrets))
  }

  #see(event: WireEvent): void {
    if (event.name !== 'sent' && event.name !== 'received') return
    const { frame } = event
    if (event.name === 'sent') {
      if (frame.command === 'SUBSCRIBE') this.#subscribeReceipt = frame.headers.receipt
      return
    }
    this.#seeReceived(frame)
  }

  #seeReceived({ command, headers, body }: WireFrame): void {
    if (command === 'CONNECTED') {
      for (const [name, term] of telling) {
        const value = headers[name]
        if (value !== undefined) this.#facts.push(this.#fact(term, value))
      }
    } else if (command === 'ERROR') {
      const { message = '' } = headers
      for (const said of [this.#fact('message', message), this.#fact('body', body)])
        if (said.value !== '') this.#facts.push(said)
    } else if (command === 'RECEIPT' && headers['receipt-id'] === this.#subscribeReceipt) {
      this.signs.add({ name: 'subscribed' })
    }
  }
}

/** One STOMP session, from CONNECT to its end. It never reconnects. */
import { Failure, toAppError, type AppError } from '../../contract/errors.ts'
import type { ConnectedHeaders, Dialect, ReceivedFrame, Sending, Subscription } from '../dialect/dialect.ts'
import { errorFromFrame, type Addressee } from '../dialect/error-frames.ts'
import { secretsOfAddress, withoutSecrets } from '../../text/secret-free.ts'
import type { Clock, Handshake, Log, SocketFactory } from '../ports.ts'
import { idleInterval, Liveness, serverBeat } from './liveness.ts'
import type { Poison } from './poison.ts'
import { Receipts, type ReceiptOutcome } from './receipts.ts'
import { SessionSubscription } from './subscription.ts'
import { UnnamedErrors } from './unnamed-errors.ts'
import { secretsOf, Wire, type StompVersion, type WireEvent, type WireFrame, type WireOwner } from './wire.ts'

/** Milliseconds from opening the socket to CONNECTED. */
const connectDeadline = 15_000
/** Milliseconds to wait for the receipt of DISCONNECT. */
const closeDeadline = 2000
/** Milliseconds between checks whether all one-at-a-time frames were answered. */
const clearedAfter = 30_000

export interface SessionOptions {
  sockets: SocketFactory
  clock: Clock
  log: Log
  url: string
  /** As in {@link SocketFactory.open}. */
  fingerprint: string | null
  handshake?: Handshake
  /** STOMP versions to offer, the best first; 1.2 alone by default. */
  versions?: readonly StompVersion[]
  /** Headers of CONNECT, as {@link import('./wire.ts').WireOptions.connectHeaders}. */
  connectHeaders: Readonly<Record<string, string>>
  addressee: Addressee
  /** The record of earlier sessions to this server. */
  poison: Poison
  /** @returns the dialect of the server with this CONNECTED frame. */
  dialectOf: (connected: ConnectedHeaders) => Dialect
  /** CONNECTED has arrived. */
  onConnected: (dialect: Dialect) => void
  /** The server refused something that no caller waits for, and the session goes on. */
  onError(error: AppError): void
  /** The session is over. The last event; not called after {@link Session.close}. */
  onEnded(error: AppError): void
}

/** A subscription that the server knows by its id. */
interface Known {
  subscription: SessionSubscription
  /** Whether its messages need an ACK. */
  isAcknowledged: boolean
}

const ignore = (): void => undefined

export class Session implements WireOwner {
  /** What the server is sent and must not be shown. */
  readonly secrets: readonly string[]
  readonly #options: SessionOptions
  readonly #versions: readonly string[]
  readonly #wire: Wire
  readonly #receipts: Receipts
  readonly #errors: UnnamedErrors
  /** By their ids. */
  readonly #subscriptions = new Map<string, Known>()
  #phase: 'connecting' | 'online' | 'closing' | 'over' = 'connecting'
  #liveness: Liveness | null = null
  /** Whether refusals name the refused frame. */
  #namesRefusals = false
  #heardAt: number
  #cancelDeadline = ignore
  #cancelCleared = ignore

  /** Connects. */
  constructor(options: SessionOptions) {
    const { clock, poison, versions = ['1.2'] } = options
    this.#options = options
    this.#versions = versions
    this.#heardAt = clock.now()
    const { headers, query } = options.handshake ?? { headers: {}, query: [] }
    this.secrets = [
      ...secretsOf(options.connectHeaders),
      ...secretsOfAddress(options.url),
      ...Object.values(headers),
      ...query.map(([, value]) => value),
    ]
    this.#receipts = new Receipts(clock, poison.isSuspected(), ({ destination }, isSettled) =>
      poison.took(destination, isSettled),
    )
    this.#errors = new UnnamedErrors(clock, this.#receipts)
    this.#wire = new Wire({ ...options, versions }, this)
    this.#cancelDeadline = clock.after(connectDeadline, () =>
      this.drop(this.#about(this.#wire.isOpened ? 'server-not-stomp' : 'server-unreachable')),
    )
  }

  /**
   * SUBSCRIBE. An `id` is generated unless `headers` contain one. A subscription that the server cancels is renewed.
   * Does nothing when the session is over.
   * @param onRefused gets the server's refusal, in place of {@link SessionOptions.onError}.
   * @param leaving as {@link Subscription.leaving}.
   * @returns a function that ends the subscription.
   */
  subscribe(
    destination: string,
    headers: Readonly<Record<string, string>>,
    onMessage: (frame: ReceivedFrame) => void,
    onRefused?: (error: AppError) => void,
    leaving?: Subscription['leaving'],
  ): () => void {
    if (this.#phase !== 'online') return ignore
    const known = onRefused && this.#options.poison.refusal(destination)
    if (known) {
      onRefused(known)
      return ignore
    }
    const subscription = new SessionSubscription({
      clock: this.#options.clock,
      receipts: this.#receipts,
      destination,
      leaving,
      request: (receipt, id) => {
        const wanted = { destination, headers: { ...headers, ...(id !== undefined && { id }) } }
        const sharedId = id ?? headers.id
        if (sharedId !== undefined) this.#subscriptions.get(sharedId)?.subscription.release()
        const requested = this.#wire.subscribe(wanted, receipt, onMessage)
        const isAcknowledged = headers.ack !== undefined && headers.ack !== 'auto'
        this.#subscriptions.set(requested.id, { subscription, isAcknowledged })
        return requested
      },
      onRefused: error => this.#subscriptionRefused(destination, error, onRefused),
    })
    subscription.request()
    return () => {
      if (this.#phase === 'online') subscription.end()
    }
  }

  /**
   * SEND, with a receipt.
   * @returns `received` with the RECEIPT; `unknown` if none arrived in time. Rejects with the server's refusal, or with
   *   `connection-lost` if the session ends first.
   */
  send(sending: Sending): Promise<ReceiptOutcome> {
    const { destination, body } = sending
    return new Promise((resolve, reject) => {
      if (this.#phase !== 'online') {
        reject(new Failure('connection-lost'))
        return
      }
      this.#receipts.send({
        frame: { command: 'SEND', destination, body },
        transmit: receipt => {
          this.#wire.send(sending, receipt)
          return true
        },
        settle: resolve,
        refuse: error => reject(new Failure(error.code, error.params, error.detail)),
      })
    })
  }

  /** ACK of a MESSAGE. @returns whether it was sent: not if its subscription needs no ACK, or the session is over. */
  ack(frame: ReceivedFrame): boolean {
    return this.#answer('ACK', frame)
  }

  /**
   * NACK of a MESSAGE. @returns whether it was sent: not where {@link Session.ack} would not be, and not in STOMP 1.0,
   * which has no NACK.
   */
  nack(frame: ReceivedFrame): boolean {
    return this.#answer('NACK', frame)
  }

  /** Rejects the SEND with this receipt. @returns whether it was pending. */
  refuse(receiptId: string, error: AppError): boolean {
    return this.#receipts.refuse(receiptId, error)
  }

  /** @returns whether this server sends receipts: true with the first one, false if none has arrived in a while. */
  givesReceipts(): Promise<boolean> {
    return this.#receipts.given()
  }

  /** Checks the connection at once; {@link SessionOptions.onEnded} is called if it is dead. */
  verify(): void {
    if (this.#phase === 'online') this.#liveness?.verify()
  }

  /**
   * Observes every later frame in and out; called right after the session was made, that includes the handshake.
   * @returns a function that removes the listener.
   */
  observe(listener: (event: WireEvent) => void): () => void {
    return this.#wire.observe(listener)
  }

  /** Cuts the connection because of `error`, without a DISCONNECT. */
  drop(error: AppError): void {
    if (!this.#finish('over')) return
    this.#errors.end()
    this.#receipts.end({ code: 'connection-lost' }, null)
    void this.#wire.cut()
    this.#ended(error)
  }

  /** Sends DISCONNECT and resolves when the socket is closed. */
  async close(): Promise<void> {
    const wasOnline = this.#phase === 'online'
    this.#finish('closing')
    if (!wasOnline) {
      await this.#wire.cut()
      return
    }
    const closed = this.#wire.close()
    const cancel = this.#options.clock.after(closeDeadline, () => void this.#wire.cut())
    await closed
    cancel()
  }

  /** When data arrived last, by the wall clock. Milliseconds since the epoch. */
  get heardAt(): number {
    return this.#heardAt
  }

  heard(): void {
    this.#heardAt = this.#options.clock.now()
    this.#liveness?.heard()
  }

  taken(frame: WireFrame | null): void {
    const isReceipt = frame?.command === 'RECEIPT'
    if (isReceipt) this.#receipts.settle(frame.headers['receipt-id'] ?? '')
    // The server has gone on since its last ERROR.
    this.#errors.heard(isReceipt)
    if (frame?.command === 'CONNECTED') this.#connected(frame.headers)
    else if (frame?.command === 'ERROR') this.#failed(frame)
    else if (frame && !isReceipt && frame.command !== 'MESSAGE' && this.#phase === 'connecting')
      this.drop(this.#about('server-not-stomp'))
  }

  stumbled(thrown: unknown): void {
    const error = toAppError(thrown)
    this.#options.log.error('message-failed', { ...error })
    this.#options.onError(error)
  }

  overflowed(): void {
    const error: AppError = { code: 'delivery-too-large' }
    if (this.#phase === 'online') this.#options.poison.ended(error, this.#receipts.suspects())
    this.drop(error)
  }

  closed(): void {
    const { poison } = this.#options
    const wasOnline = this.#phase === 'online'
    const wasClosing = this.#phase === 'closing'
    const isNews = this.#finish('over')
    const last = this.#errors.end()
    const lost = this.#wire.isOpened
      ? { code: 'connection-lost' as const }
      : this.#about('server-unreachable')
    const end = last?.error ?? this.#wire.failure ?? lost
    if (last?.destination !== undefined) poison.refuse(last.destination, last.error)
    this.#receipts.end(
      { code: 'connection-lost' },
      wasOnline ? poison.ended(end, this.#receipts.suspects()) : null,
    )
    if (isNews) this.#ended(end)
    else if (wasClosing) this.#wire.tell({ name: 'ended', error: null })
  }

  /** An error that names the server. */
  #about(code: AppError['code']): AppError {
    return { code, params: { ...this.#options.addressee } }
  }

  /** Ends all sending. @returns false if that has happened already. */
  #finish(next: 'closing' | 'over'): boolean {
    if (this.#phase === 'closing' || this.#phase === 'over') return false
    this.#phase = next
    this.#cancelDeadline()
    this.#cancelCleared()
    this.#liveness?.stop()
    return true
  }

  #ended(error: AppError): void {
    this.#wire.tell({ name: 'ended', error })
    this.#options.onEnded(error)
  }

  #connected(headers: ConnectedHeaders): void {
    const { clock, log, poison, dialectOf, onConnected } = this.#options
    const beat = serverBeat(headers)
    // The library would start another heart-beat with every CONNECTED.
    if (this.#phase === 'online' || beat === null) {
      this.drop(this.#about('server-not-stomp'))
      return
    }
    if (this.#phase !== 'connecting') return
    if (!this.#versions.includes(headers.version ?? '1.0')) {
      this.drop({ code: 'version-unsupported' })
      return
    }
    this.#phase = 'online'
    const dialect = dialectOf(headers)
    this.#namesRefusals = dialect.namesRefusals
    this.#cancelDeadline()
    this.#liveness = new Liveness({
      clock,
      interval: beat === 0 ? idleInterval : beat,
      beats: beat !== 0,
      probe: () => this.#probe(),
      lost: () => this.drop({ code: 'connection-lost' }),
    })
    if (poison.isSuspected()) this.#watchForCleared()
    this.#wire.tryPing()
    log.debug('session-connected', { server: headers.server, beat })
    onConnected(dialect)
  }

  /** Probes the server. @returns false if it can't be probed. */
  #probe(): boolean {
    if (!this.#receipts.seen()) return this.#wire.ping()
    this.#wire.sendEmptyTransaction(this.#receipts.next())
    return true
  }

  /** An ERROR has arrived. */
  #failed(frame: WireFrame): void {
    const error = errorFromFrame(
      this.#secretFree(frame),
      this.#options.addressee,
      this.#phase === 'connecting',
    )
    if (this.#phase === 'connecting') {
      this.drop(error)
      return
    }
    const { 'receipt-id': receiptId, subscription } = frame.headers
    const known = subscription === undefined ? undefined : this.#subscriptions.get(subscription)
    if (receiptId !== undefined) {
      if (!this.#receipts.refuse(receiptId, error)) this.#complain(error, [])
    } else if (known) known.subscription.renew()
    else {
      const isNamed = this.#namesRefusals || subscription !== undefined
      this.#complain(error, isNamed ? [] : this.#receipts.ids())
    }
  }

  /** Some servers repeat what they were sent, and the error goes into the log. */
  #secretFree({ headers, body }: WireFrame): ReceivedFrame {
    const { secrets } = this
    const message = headers.message && withoutSecrets(headers.message, secrets)
    return { headers: { ...headers, message }, body: withoutSecrets(body, secrets) }
  }

  /** An ERROR that refuses one of the `suspects` (receipt ids), or something that no caller waits for. */
  #complain(error: AppError, suspects: readonly string[]): void {
    this.#errors.add({ error, suspects, tell: told => this.#options.onError(told) })
  }

  #subscriptionRefused(destination: string, error: AppError, onRefused?: (error: AppError) => void): void {
    if (this.#phase !== 'online') return
    onRefused?.(error)
    if (onRefused) this.#errors.add({ error, suspects: [], tell: ignore, destination })
    else this.#complain(error, [])
  }

  #answer(command: 'ACK' | 'NACK', frame: ReceivedFrame): boolean {
    const known = this.#subscriptions.get(frame.headers.subscription ?? '')
    return this.#phase === 'online' && known?.isAcknowledged === true && this.#wire.answer(command, frame)
  }

  #watchForCleared(): void {
    const { clock, poison } = this.#options
    this.#cancelCleared = clock.after(clearedAfter, () => {
      if (!this.#receipts.isIdle()) {
        this.#watchForCleared()
        return
      }
      poison.cleared()
      this.#receipts.release()
    })
  }
}

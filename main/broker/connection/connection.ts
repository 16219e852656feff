/** One peer. Its frames are handled in order; a failure ends in an ERROR. */
import { FrameError, type Frame } from '../../../shared/stomp/frame.ts'
import { ConnectionQueues } from './connection-queues.ts'
import type { Context } from './context.ts'
import { RefusedError, type Client, type OutgoingMessage, type Refusal } from '../options/hooks.ts'
import { HeartBeats } from './heart-beats.ts'
import { Inbound, type InboundOwner } from './inbound.ts'
import { Outbound } from '../transport/outbound.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { Publication } from '../frames/publication.ts'
import { Subscriptions, type Subscription, type SubscriptionsOwner } from './subscriptions.ts'
import { Transactions } from './transactions.ts'
import { closeCodes, type CloseCode, type Transport, type TransportEvents } from '../transport/transport.ts'
import { wireFormat, type WireFormat } from '../frames/wire-format.ts'

/** `admitting` while the application decides; `closing` from DISCONNECT until earlier frames are finished. */
export type Phase = 'connecting' | 'admitting' | 'open' | 'closing' | 'closed'

/** The part of a frame that its answer needs, so that the frame itself can be freed. */
export interface Cause {
  readonly command: string
  /** The receipt that it requests. */
  readonly receipt: string | undefined
}

export const causeOf = ({ command, headers }: Frame): Cause => ({ command, receipt: headers.get('receipt') })

/** The broker that owns the connection. */
export interface ConnectionOwner {
  /** Handles a frame; an exception becomes an ERROR. */
  handle(connection: Connection, frame: Frame): Promise<void> | void
  /** The connection has ended, for whatever reason. */
  left(connection: Connection): void
}

/** Refusals of the application go here while the peer subscribes to it. */
const errorsDestination = '/user/queue/errors'

export class Connection implements TransportEvents, InboundOwner, SubscriptionsOwner {
  readonly id: string
  readonly transport: Transport
  readonly outbound: Outbound
  readonly context: Context
  readonly heartBeats = new HeartBeats()
  readonly subscriptions = new Subscriptions(this)
  /** By the broker's clock. */
  readonly openedAt: number
  phase: Phase = 'connecting'
  format: WireFormat
  /** Null before CONNECTED. */
  client: Client | null = null
  /** The owner of its durable subscriptions: the login, with the `client-id` of its CONNECT. */
  durableOwner = ''
  readonly #inbound: Inbound
  readonly #owner: ConnectionOwner
  // Created on first use: most connections never need them.
  #transactions: Transactions | null = null
  #queues: ConnectionQueues | null = null

  constructor(id: string, transport: Transport, context: Context, owner: ConnectionOwner) {
    this.id = id
    this.transport = transport
    this.context = context
    this.#owner = owner
    this.openedAt = context.clock.now() - transport.age
    this.format = wireFormat('1.2', transport.framing)
    this.outbound = new Outbound(this, context)
    this.#inbound = new Inbound(this, context)
  }

  get takesFrames(): boolean {
    return this.phase === 'connecting' || this.phase === 'open'
  }

  get transactions(): Transactions {
    return (this.#transactions ??= new Transactions(this.context.limits))
  }

  get queues(): ConnectionQueues {
    return (this.#queues ??= new ConnectionQueues(this.context.limits.ownQueueBytes))
  }

  /** Starts reading. */
  start(): void {
    this.transport.start(this)
  }

  /** The peer is admitted: its version and the wider limits apply from now on. */
  open(client: Client, format: WireFormat): void {
    this.phase = 'open'
    this.client = client
    this.format = format
    this.#inbound.admit(format.version)
  }

  /** Sends a frame other than MESSAGE. */
  send(command: string, headers: Iterable<readonly [string, string]>, body?: Uint8Array): void {
    if (this.phase !== 'closed') this.outbound.sendOther(this.format.frame(command, headers, body))
  }

  /** Sends a MESSAGE to one subscription of this peer. */
  deliver(subscription: Pick<Subscription, 'id' | 'destination'>, message: OutgoingMessage): void {
    if (this.phase === 'closed') return
    const { headers, body } = message
    const publication = new Publication(this.context.nextMessageId(), {
      destination: subscription.destination,
      headers: Object.entries(headers ?? {}),
      body: typeof body === 'string' ? Buffer.from(body) : body,
    })
    this.outbound.send(publication.encode(this.format, subscription.id))
  }

  /** Delivers to this peer's own subscription to `/user/queue/…`. @returns false if it has none. */
  sendToUser(destination: string, message: OutgoingMessage): boolean {
    const subscription = this.subscriptions.to(destination)
    if (subscription) this.deliver(subscription, message)
    return subscription !== undefined
  }

  /** Handles no further frame before the current one is finished. */
  hold(): void {
    this.#inbound.hold()
  }

  /** Whether further frames wait for the current one. */
  get isHeld(): boolean {
    return this.#inbound.isHeld
  }

  /** Resolves when all earlier frames are finished. */
  settled(): Promise<void> {
    return this.#inbound.settled()
  }

  /** Sends an ERROR and closes. @param cause the frame that caused it. */
  fail(refusal: Refusal, cause?: Cause, code: CloseCode = closeCodes.protocolError): void {
    if (this.phase === 'closed') return
    const receipt = cause?.receipt
    const body = Buffer.from(refusal.detail ?? refusal.message)
    this.send(
      'ERROR',
      [
        ['message', refusal.message],
        ...(receipt === undefined ? [] : [['receipt-id', receipt] as const]),
        ...Object.entries(refusal.headers ?? {}),
        ['content-type', 'text/plain'],
        ['content-length', String(body.length)],
      ],
      body,
    )
    this.context.log.info('connection refused', { connection: this.id, reason: refusal.message })
    this.close(code)
  }

  /** Closes after writing everything that was sent. */
  close(code: CloseCode): void {
    if (this.phase === 'closed') return
    this.outbound.writeAll(this.context.clock.now())
    this.closed()
    this.transport.end(code)
  }

  /** Ends the connection without an ERROR, which the peer would not get. */
  cut(reason: string): void {
    if (this.phase === 'closed') return
    this.context.log.info('connection cut', { connection: this.id, reason })
    this.closed()
    this.transport.destroy()
  }

  /**
   * Checks the time limits: heart-beats, a missing CONNECT, the age of the backlog. @param interval ms until the next
   * check.
   */
  check(now: number, interval: number): void {
    const { limits } = this.context
    // A peer that the broker does not read counts as alive.
    if (this.#inbound.paused) this.heartBeats.lastReadAt = now
    this.#inbound.tick(interval)
    if (!this.client && this.phase !== 'closed' && now - this.openedAt > limits.connectTimeout) {
      this.fail({
        message: 'Too slow',
        detail: `CONNECT must arrive within ${limits.connectTimeout} ms.`,
      })
      return
    }
    if (this.heartBeats.isSilent(now)) {
      this.cut('no heart-beat')
      return
    }
    if (this.heartBeats.shouldAsk(now)) this.transport.ping()
    if (this.heartBeats.isDue(now, this.outbound.lastWriteAt, interval))
      this.outbound.sendOther(this.format.heartBeat)
    this.outbound.checkAge(now)
  }

  heard(spent: number): void {
    this.heartBeats.lastReadAt = this.context.clock.now()
    this.#inbound.charge(spent)
  }

  data(chunk: Uint8Array): void {
    if (this.phase === 'closed') return
    this.#inbound.push(chunk)
  }

  broken(reason: string, code: CloseCode): void {
    this.fail({ message: 'Malformed frame', detail: reason }, undefined, code)
  }

  drained(): void {
    this.outbound.drained()
  }

  handle(frame: Frame, done: () => void): boolean {
    const cause = causeOf(frame)
    try {
      const work = this.#owner.handle(this, frame)
      if (work) {
        void work.then(
          () => {
            this.#finish(cause)
            done()
          },
          (thrown: unknown) => {
            this.refuse(thrown, cause)
            done()
          },
        )
        return true
      }
      this.#finish(cause)
    } catch (thrown) {
      this.refuse(thrown, cause)
    }
    return false
  }

  #finish({ command, receipt }: Cause): void {
    // CONNECTED answers CONNECT.
    const confirms = receipt !== undefined && command !== 'CONNECT' && command !== 'STOMP'
    if (confirms) this.send('RECEIPT', [['receipt-id', receipt]])
    if (command === 'DISCONNECT') this.close(closeCodes.normal)
  }

  refuse(thrown: unknown, cause?: Cause): void {
    if (thrown instanceof RefusedError) {
      if (!this.#tellErrors(thrown.refusal, cause)) this.fail(thrown.refusal, cause)
    } else if (thrown instanceof ProtocolError) this.fail(thrown.refusal, cause)
    else if (thrown instanceof FrameError)
      this.fail({ message: 'Malformed frame', detail: thrown.message, headers: { code: thrown.code } }, cause)
    else {
      this.context.log.error('frame failed', {
        connection: this.id,
        command: cause?.command,
        error: thrown instanceof Error ? (thrown.stack ?? thrown.message) : String(thrown),
      })
      this.fail({ message: 'Internal error', detail: 'The broker failed to handle this frame.' }, cause)
    }
  }

  #tellErrors(refusal: Refusal, cause?: Cause): boolean {
    const receipt = cause?.receipt
    return this.sendToUser(errorsDestination, {
      headers: {
        message: refusal.message,
        ...(receipt !== undefined && { 'receipt-id': receipt }),
        ...refusal.headers,
        'content-type': 'text/plain',
      },
      body: refusal.detail ?? refusal.message,
    })
  }

  /** The connection has ended: releases everything that other parts hold for it. */
  closed(): void {
    if (this.phase === 'closed') return
    this.phase = 'closed'
    this.#inbound.end()
    // Before the subscriptions, so that a message that one of them gives back is not delivered to another one of the
    // same peer.
    this.outbound.end()
    this.subscriptions.clear()
    this.#transactions?.clear()
    const { replyQueues } = this.context.router
    for (const own of this.#queues?.replyQueues.values() ?? []) replyQueues.close(own)
    this.#owner.left(this)
  }
}

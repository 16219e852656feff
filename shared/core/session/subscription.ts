/** One subscription of a session: requested, renewed when the server cancels it, ended. */
import type { AppError } from '../../contract/errors.ts'
import type { Subscription } from '../dialect/dialect.ts'
import type { Clock } from '../ports.ts'
import { backOff } from './back-off.ts'
import type { Receipts } from './receipts.ts'
import type { WireSubscription } from './wire.ts'

export interface SubscriptionOptions {
  clock: Clock
  receipts: Pick<Receipts, 'send'>
  destination: string
  /** As {@link import('../dialect/dialect.ts').Subscription.leaving}. */
  leaving: Subscription['leaving']
  /** Sends SUBSCRIBE. @param id the id from before it was cancelled; undefined at first. */
  request: (receiptId: string, id: string | undefined) => WireSubscription
  onRefused: (error: AppError) => void
}

export class SessionSubscription {
  readonly #options: SubscriptionOptions
  /**
   * Null while the server does not have it: servers close the connection of a client that ends an unknown subscription.
   */
  #requested: WireSubscription | null = null
  #id: string | undefined
  #isEnded = false
  /** Whether the server has answered the last SUBSCRIBE, or stayed silent. */
  #isAnswered = false
  #cancellations = 0
  #cancelRenewal = (): void => undefined

  constructor(options: SubscriptionOptions) {
    this.#options = options
  }

  /**
   * The server has cancelled it (as RabbitMQ does when its queue is deleted): subscribes again, with a growing delay.
   */
  renew(): void {
    this.#requested = null
    this.#cancelRenewal()
    this.#cancelRenewal = this.#options.clock.after(backOff(++this.#cancellations, 1), () => this.request())
  }

  /** Sends UNSUBSCRIBE if the server has the subscription, as soon as that is known. */
  end(): void {
    this.#isEnded = true
    this.#cancelRenewal()
    if (this.#isAnswered) this.release()
  }

  /** Sends the UNSUBSCRIBE of an ended subscription now: its id is wanted for another one. */
  release(): void {
    if (!this.#isEnded) return
    this.#requested?.unsubscribe(this.#options.leaving ?? [{}])
    this.#requested = null
  }

  /** Sends SUBSCRIBE as soon as its turn comes. */
  request(): void {
    const { receipts, destination, request, onRefused } = this.#options
    receipts.send({
      frame: { command: 'SUBSCRIBE', destination, body: '' },
      transmit: receiptId => {
        if (this.#isEnded) return false
        this.#requested = request(receiptId, this.#id)
        this.#id = this.#requested.id
        this.#isAnswered = false
        return true
      },
      settle: () => {
        this.#isAnswered = true
        this.release()
      },
      refuse: error => {
        this.#requested = null
        onRefused(error)
      },
    })
  }
}

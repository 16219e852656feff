/** Topic subscriptions that outlive their connections: their messages stay in memory until they are read. */
import type { Frame } from '../../../shared/stomp/frame.ts'
import type { Clock } from '../options/clock.ts'
import type { Limits } from '../options/limits.ts'
import { isFull, SharedBytes, type Payer, type Quota } from '../quotas/quota.ts'
import { tooMany } from './too-many.ts'
import { ProtocolError } from '../frames/protocol-error.ts'
import { Queue } from './queue.ts'
import type { Topics } from './topics.ts'

/** A durable subscription, as a SUBSCRIBE asks for it. */
export interface DurableRequest {
  readonly name: string
  /** Whether it continues without a reader. */
  readonly kept: boolean
}

/** The longest name, as long as AMQP names. Characters. */
const mostCharacters = 255

const isTrue = (frame: Frame, ...names: string[]): boolean =>
  names.some(name => frame.headers.get(name) === 'true')

/**
 * Reads the headers of ActiveMQ (`activemq.subscriptionName`) and RabbitMQ (`auto-delete:false` keeps it, named by `x-queue-name`, or with
 * `durable:true` by its id).
 * @param id of the subscription; null if a 1.0 peer gave none.
 * @returns null for an ordinary SUBSCRIBE, and for a stream, whose history outlives connections anyway.
 */
export const parseDurable = (frame: Frame, id: string | null): DurableRequest | null => {
  const { headers } = frame
  if (headers.get('x-queue-type') === 'stream' || headers.has('x-stream-offset')) return null
  const kept = headers.get('auto-delete') === 'false'
  const byId = kept && isTrue(frame, 'durable', 'persistent') && !isTrue(frame, 'exclusive')
  const subscriptionName = headers.get('activemq.subscriptionName')
  const name = subscriptionName ?? headers.get('x-queue-name') ?? (byId ? id : undefined)
  if (name === undefined) return null
  if (name === null)
    throw new ProtocolError('Missing header id', 'A durable subscription needs a name: its id.')
  if (name === '' || name.length > mostCharacters)
    throw new ProtocolError(
      'Bad name',
      `A durable subscription has a name of 1 to ${mostCharacters} characters.`,
    )
  return { name, kept: kept || subscriptionName !== undefined }
}

/** @returns whether an UNSUBSCRIBE deletes the durable subscription as well, as in RabbitMQ. */
export const givesUpDurable = (frame: Frame): boolean => isTrue(frame, 'durable', 'persistent')

/** The key of a durable subscription; the owner is the login with the `client-id`. */
export interface DurableKey {
  readonly owner: string
  readonly destination: string
  readonly name: string
}

interface DurableSubscription extends DurableKey {
  readonly queue: Queue
  readonly payer: Payer
  readonly leave: () => void
  kept: boolean
  readers: number
  /** When its last reader left, by the broker's clock; Infinity while it has readers. */
  leftAt: number
}

const keyOf = ({ owner, destination, name }: DurableKey): string => JSON.stringify([owner, destination, name])

export class DurableSubscriptions {
  readonly #limits: Limits
  readonly #quota: Quota
  readonly #topics: Topics
  readonly #clock: Clock
  readonly #bytes: SharedBytes
  readonly #byKey = new Map<string, DurableSubscription>()

  constructor(limits: Limits, topics: Topics, clock: Clock) {
    this.#limits = limits
    this.#quota = { all: limits.durables, perPerson: limits.durablesPerPerson }
    this.#topics = topics
    this.#clock = clock
    this.#bytes = new SharedBytes({ all: limits.durableBytes, perPerson: limits.durableBytesPerPerson })
  }

  /**
   * Adds a reader to a subscription, which is created if needed. Several readers share its messages.
   * @param payer whose quota pays for a new one, and for the messages in it.
   * @returns its queue, and a function to call when the reader leaves.
   * @throws {ProtocolError} if there are too many.
   */
  read(key: DurableKey, kept: boolean, payer: Payer): { queue: Queue; leave: () => void } {
    const durable = this.#byKey.get(keyOf(key)) ?? this.#open(key, payer)
    durable.kept = kept
    durable.readers++
    durable.leftAt = Infinity
    const leave = (): void => {
      if (--durable.readers === 0) durable.leftAt = this.#clock.now()
      this.#closeUnused(durable)
    }
    return { queue: durable.queue, leave }
  }

  /**
   * Deletes the owner's subscriptions of this name; one with other readers ends when they leave.
   * @param destination limits it to one destination.
   * @returns false if there is none.
   */
  giveUp(owner: string, name: string, destination?: string): boolean {
    const found = [...this.#byKey.values()].filter(
      durable =>
        durable.owner === owner &&
        durable.name === name &&
        (destination === undefined || durable.destination === destination),
    )
    for (const durable of found) {
      durable.kept = false
      this.#closeUnused(durable)
    }
    return found.length > 0
  }

  /** Deletes subscriptions that have been without a reader for too long. */
  expire(): void {
    const since = this.#clock.now() - this.#limits.durableAge
    for (const durable of this.#byKey.values()) {
      if (durable.leftAt < since) durable.kept = false
      this.#closeUnused(durable)
    }
  }

  #open(key: DurableKey, payer: Payer): DurableSubscription {
    if (isFull(this.#byKey.values(), payer, this.#quota)) throw tooMany('durable subscriptions', this.#quota)
    const queue = new Queue({ limits: this.#limits, budget: this.#bytes })
    const leave = this.#topics.subscribe(key.destination, publication => queue.addNewest(publication, payer))
    const durable = { ...key, queue, payer, leave, kept: true, readers: 0, leftAt: Infinity }
    this.#byKey.set(keyOf(key), durable)
    return durable
  }

  #closeUnused(durable: DurableSubscription): void {
    if (durable.kept || durable.readers > 0) return
    this.#byKey.delete(keyOf(durable))
    durable.leave()
    durable.queue.close()
  }
}

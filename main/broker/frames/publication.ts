/** A published message, on its way to subscribers. */
import { escapeHeader, escapeName } from '../../../shared/stomp/header-escapes.ts'
import { formatHeaders } from '../../../shared/stomp/head.ts'
import type { Version } from '../../../shared/stomp/frame.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * Headers that only the broker writes; the sender's are dropped. Names that look the same to a 1.0 client, where line ends and colons
 * become spaces, or to the many clients that trim names are dropped too.
 */
const ownHeaders: ReadonlySet<string> = new Set([
  'destination',
  'subscription',
  'message-id',
  'ack',
  'redelivered',
  'x-delivery-count',
  'content-length',
  'x-stream-offset',
  'receipt',
  'transaction',
])

/** Names that are equal in every version, trimmed or not: nearly all. */
const isPlain = /^[!-9;-~]+$/
const isOwnHeader = (name: string): boolean =>
  ownHeaders.has(isPlain.test(name) ? name : escapeName(name, '1.0').trim())

/** @returns the headers of a SEND that its receivers get: without those that only the broker writes. */
export const sendersHeaders = (headers: Iterable<readonly [string, string]>): (readonly [string, string])[] =>
  Array.from(headers).filter(([name]) => !isOwnHeader(name))

/** @returns the size of headers and body. Bytes, roughly. */
const sizeOf = (headers: Iterable<readonly [string, string]>, body: Uint8Array): number => {
  let bytes = body.length
  for (const [name, value] of headers) bytes += name.length + value.length
  return bytes
}

/** Memory overhead of a stored message; measured: 400 to 650 bytes. */
const overhead = 512

/** @returns the memory that headers and body use while they are stored. Bytes, roughly. */
export const memoryOf = (headers: Iterable<readonly [string, string]>, body: Uint8Array): number =>
  overhead + sizeOf(headers, body)

export class Publication {
  readonly messageId: string
  readonly destination: string
  /** Offset in the destination's history; null without one. Set before the first {@link encode}. */
  offset: number | null
  readonly headers: readonly (readonly [string, string])[]
  /** Whether it skips wildcard subscriptions. */
  readonly byNameOnly: boolean
  #body: Uint8Array
  #kept = false
  #lines = ''
  #linesVersion: Version | null = null

  /** @param message with none of the headers that only the broker writes: see {@link sendersHeaders}. */
  constructor(
    messageId: string,
    message: {
      destination: string
      headers: readonly (readonly [string, string])[]
      body: Uint8Array
      offset?: number | null
      byNameOnly?: boolean | undefined
    },
  ) {
    this.messageId = messageId
    this.destination = message.destination
    this.#body = message.body
    this.offset = message.offset ?? null
    this.byNameOnly = message.byNameOnly ?? false
    this.headers = message.headers
  }

  get body(): Uint8Array {
    return this.#body
  }

  /** Size of headers and body. Bytes, roughly. */
  get size(): number {
    return sizeOf(this.headers, this.#body)
  }

  /** Memory that it uses while it is stored. Bytes, roughly. */
  get memory(): number {
    return this.destination.length + memoryOf(this.headers, this.#body)
  }

  /** Prepares it for storage: copies the body, so that the chunk it was read with can be freed. */
  keep(): this {
    if (!this.#kept) this.#body = new Uint8Array(this.#body)
    this.#kept = true
    return this
  }

  /** @returns the same message under another destination. */
  as(destination: string): Publication {
    return new Publication(this.messageId, { destination, headers: this.headers, body: this.#body })
  }

  /** @returns the same message as a dead letter; its headers name the queue and the reason. */
  dead(destination: string, reason: string): Publication {
    const death = [
      ['x-first-death-queue', this.destination.slice('/queue/'.length)],
      ['x-first-death-reason', reason],
    ] as const
    return new Publication(this.messageId, {
      destination,
      // The first of repeated headers counts.
      headers: [...death, ...this.headers],
      body: this.#body,
    })
  }

  /**
   * @param subscription the subscription's id; null if a 1.0 peer gave none.
   * @param extra header lines for this receiver alone, each with its line end.
   * @returns the MESSAGE frame.
   */
  encode(format: WireFormat, subscription: string | null, extra = ''): Buffer {
    const id = subscription === null ? '' : `subscription:${escapeHeader(subscription, format.version)}\n`
    return format.bytes(`MESSAGE\n${id}${this.#sharedLines(format.version)}${extra}\n`, this.body)
  }

  /** Header lines shared by all receivers of one version. The broker's come first, because the first of repeated headers counts. */
  #sharedLines(version: Version): string {
    if (this.#linesVersion === version) return this.#lines
    const offset = this.offset === null ? '' : `x-stream-offset:${this.offset}\n`
    this.#linesVersion = version
    return (this.#lines = `message-id:${this.messageId}\ndestination:${escapeHeader(this.destination, version)}\n${offset}content-length:${this.body.length}\n${formatHeaders(this.headers, version)}`)
  }
}

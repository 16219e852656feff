/** One message on its way to subscribers. */
import { escapeHeader, escapeName } from '../../../shared/stomp/header-escapes.ts'
import { formatHeaders } from '../../../shared/stomp/head.ts'
import type { Version } from '../../../shared/stomp/frame.ts'
import type { WireFormat } from './wire-format.ts'

/**
 * Headers that are the broker's to write: a sender's are left out. So are names that look like them to a 1.0 client, where line ends and
 * colons become spaces, and to the many clients that trim names.
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

/** Names that are the same in every version, with or without trimming: nearly all. */
const isPlain = /^[!-9;-~]+$/
const isOwnHeader = (name: string): boolean =>
  ownHeaders.has(isPlain.test(name) ? name : escapeName(name, '1.0').trim())

/** @returns what headers and body have. Bytes, roughly. */
const sizeOf = (headers: Iterable<readonly [string, string]>, body: Uint8Array): number => {
  let bytes = body.length
  for (const [name, value] of headers) bytes += name.length + value.length
  return bytes
}

/** What a message that is kept takes beside what it has: measured, it is 400 to 650. Bytes. */
const overhead = 512

/** @returns what headers and body take of memory as long as they are kept. Bytes, roughly. */
export const memoryOf = (headers: Iterable<readonly [string, string]>, body: Uint8Array): number =>
  overhead + sizeOf(headers, body)

export class Publication {
  readonly messageId: string
  readonly destination: string
  /** Position in the destination's history; null where it keeps none. Set before the first {@link encode}. */
  offset: number | null
  readonly headers: readonly (readonly [string, string])[]
  /** Whether wildcards do not reach it. */
  readonly byNameOnly: boolean
  #body: Uint8Array
  #kept = false
  #lines = ''
  #linesVersion: Version | null = null

  /** @param message its headers as the sender wrote them; those that are the broker's are left out. */
  constructor(
    messageId: string,
    message: {
      destination: string
      headers: Iterable<readonly [string, string]>
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
    const headers: (readonly [string, string])[] = []
    for (const header of message.headers) if (!isOwnHeader(header[0])) headers.push(header)
    this.headers = headers
  }

  get body(): Uint8Array {
    return this.#body
  }

  /** What its headers and body have. Bytes, roughly. */
  get size(): number {
    return sizeOf(this.headers, this.#body)
  }

  /** What it takes of memory as long as it is kept. Bytes, roughly. */
  get memory(): number {
    return this.destination.length + memoryOf(this.headers, this.#body)
  }

  /** For those who hold on to it: its body lets go of the chunk that it was read with. */
  keep(): this {
    if (!this.#kept) this.#body = new Uint8Array(this.#body)
    this.#kept = true
    return this
  }

  /** @returns the same message as it is delivered under another name of its destination. */
  as(destination: string): Publication {
    return new Publication(this.messageId, { destination, headers: this.headers, body: this.#body })
  }

  /** @returns the same message for the queue of those that were given up; its headers tell why, and by which queue. */
  dead(destination: string, reason: string): Publication {
    const death = [
      ['x-first-death-queue', this.destination.slice('/queue/'.length)],
      ['x-first-death-reason', reason],
    ] as const
    return new Publication(this.messageId, {
      destination,
      // Of repeated headers the first counts.
      headers: [...death, ...this.headers],
      body: this.#body,
    })
  }

  /**
   * @param subscription the subscription's id; null for a 1.0 peer that gave none.
   * @param extra header lines for this receiver alone, each with its line end.
   * @returns the MESSAGE frame.
   */
  encode(format: WireFormat, subscription: string | null, extra = ''): Buffer {
    const id = subscription === null ? '' : `subscription:${escapeHeader(subscription, format.version)}\n`
    return format.bytes(`MESSAGE\n${id}${this.#sharedLines(format.version)}${extra}\n`, this.body)
  }

  /** Header lines that are the same for all receivers of one version; the broker's come first, and of repeated ones the first counts. */
  #sharedLines(version: Version): string {
    if (this.#linesVersion === version) return this.#lines
    const offset = this.offset === null ? '' : `x-stream-offset:${this.offset}\n`
    this.#linesVersion = version
    return (this.#lines = `message-id:${this.messageId}\ndestination:${escapeHeader(this.destination, version)}\n${offset}content-length:${this.body.length}\n${formatHeaders(this.headers, version)}`)
  }
}

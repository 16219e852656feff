/** What leaves: frames of one turn of the event loop go out in one write for each socket. */
import { Batch } from './batch.ts'
import type { Clock } from '../options/clock.ts'
import type { Traffic } from '../options/counts.ts'
import type { Limits } from '../options/limits.ts'
import type { Transport } from './transport.ts'

/** Who waits for a peer to take what it was sent goes on when there are no more bytes left than these. */
const readyBytes = 128 * 1024

/** Writes every connection that has something to write once, at the end of the turn. */
export class Flusher {
  /** What all of them have written is counted here. */
  readonly traffic: Traffic
  readonly #clock: Clock
  #waiting: Outbound[] = []

  constructor(clock: Clock, traffic: Traffic) {
    this.#clock = clock
    this.traffic = traffic
  }

  add(outbound: Outbound): void {
    if (this.#waiting.push(outbound) === 1) setImmediate(this.#flush)
  }

  readonly #flush = (): void => {
    const waiting = this.#waiting
    this.#waiting = []
    const now = this.#clock.now()
    for (const outbound of waiting) outbound.flush(now)
  }
}

/** Whose queue it is. */
export interface OutboundOwner {
  readonly transport: Transport
  /** Ends the connection without a word, unless it has ended. */
  cut(reason: string): void
}

/** The queue of one connection. It never waits for a slow peer: who is too far behind is cut, and nobody else notices. */
export class Outbound {
  /** By the broker's clock. */
  lastWriteAt = 0
  readonly #owner: OutboundOwner
  readonly #transport: Transport
  readonly #flusher: Flusher
  readonly #limits: Limits
  /** What waits: the last batch, which may still grow, and those before it. Most turns bring one: it costs no list. */
  #last: Batch | null = null
  #earlier: Batch[] | null = null
  /** Whether the last batch is this connection's alone. */
  #ownsLast = false
  #scheduled = false
  #written = 0
  /** Bytes of the earlier batches. */
  #ahead = 0
  #ended = false
  /** Frames that wait and are no MESSAGE. */
  #others = 0
  /** When all up to a position had been written; null while nothing is behind. */
  #mark: { position: number; at: number } | null = null
  /** Who waits for room, those who came first before the others. */
  #whenReady: Set<() => void> | null = null

  constructor(owner: OutboundOwner, { flusher, limits }: { flusher: Flusher; limits: Limits }) {
    this.#owner = owner
    this.#transport = owner.transport
    this.#flusher = flusher
    this.#limits = limits
  }

  /** Whether nothing is queued any more: the connection has ended, or one turn brought more than may wait, and it is cut at its end. */
  get ended(): boolean {
    return this.#ended
  }

  /** Queues a frame that is no MESSAGE. */
  sendOther(frame: Buffer): void {
    this.send(frame)
    this.#others++
  }

  /** Queues one MESSAGE for this connection alone. */
  send(frame: Buffer): void {
    if (this.#ownsLast && this.#last?.open) this.#last.add(frame)
    else {
      this.push(new Batch(frame))
      this.#ownsLast = true
    }
  }

  /** Queues a batch that other connections may have too. What follows goes behind it: order holds across destinations. */
  push(batch: Batch): void {
    if (this.#ended) return
    if (this.#last) this.#putAhead(this.#last)
    this.#last = batch
    this.#ownsLast = false
    this.#schedule()
  }

  /** Bytes that the peer has not taken. */
  get backlog(): number {
    return this.#transport.backlog + this.#ahead + (this.#last?.bytes ?? 0)
  }

  /** Whether the peer has taken most of what it was sent, and may be sent more. */
  get hasRoom(): boolean {
    return !this.#ended && this.backlog <= readyBytes
  }

  /** Calls once, in a later turn, when there {@link hasRoom}. */
  whenReady(run: () => void): void {
    this.#whenReady ??= new Set()
    this.#whenReady.add(run)
    this.#schedule()
  }

  /** Who waited for room does so no more. */
  stopWaiting(run: () => void): void {
    this.#whenReady?.delete(run)
  }

  /** The turn ends: writes all that is queued, and those who wait go on. @param now by the broker's clock. */
  flush(now: number): void {
    this.#scheduled = false
    this.writeAll(now)
    this.drained()
  }

  /** Writes all that is queued, or cuts a peer that has not taken what was written before. @param now by the broker's clock. */
  writeAll(now: number): void {
    if (this.#ended || (this.#last && this.#isBehind))
      this.#owner.cut(`more than ${this.#limits.backlogBytes} bytes behind`)
    else if (this.#last) {
      this.lastWriteAt = now
      this.#write(this.#earlier ? [...this.#earlier, this.#last] : [this.#last])
    }
  }

  /** The connection has ended: nothing is queued any more, and who waits for room waits for ever. */
  end(): void {
    this.#ended = true
    this.#forget()
  }

  /** The transport has taken what it was given, or part of it: those who wait go on, as many as there is room for. */
  drained(): void {
    if (!this.#whenReady) return
    // Each once: whoever waits anew waits for another turn.
    let left = this.#whenReady.size
    for (const run of this.#whenReady) {
      if (left-- === 0 || !this.hasRoom) return
      this.#whenReady.delete(run)
      run()
    }
  }

  /** Cuts a peer whose oldest byte has waited too long. @param now by the broker's clock. */
  checkAge(now: number): void {
    const taken = this.#written - this.#transport.backlog
    if (this.#mark && taken < this.#mark.position) {
      if (now - this.#mark.at > this.#limits.backlogAge)
        this.#owner.cut(`more than ${this.#limits.backlogAge} ms behind`)
    } else this.#mark = taken < this.#written ? { position: this.#written, at: now } : null
  }

  get #isBehind(): boolean {
    return this.#transport.backlog > this.#limits.backlogBytes
  }

  /** @param batches all that wait. */
  #write(batches: readonly Batch[]): void {
    const { traffic } = this.#flusher
    const buffers: Buffer[] = []
    let [frames, bytes] = [0, 0]
    for (const batch of batches) {
      const buffer = batch.seal()
      frames += batch.length
      bytes += buffer.length
      buffers.push(buffer)
    }
    traffic.framesSent += frames
    traffic.messagesSent += frames - this.#others
    traffic.bytesSent += bytes
    this.#forget()
    this.#written += bytes
    this.#transport.write(buffers)
  }

  /**
   * Another batch comes behind the last one. What is too much to wait is written; who has not taken what was written before is cut, but
   * not now: whoever publishes is in the midst of something.
   */
  #putAhead(last: Batch): void {
    last.open = false
    this.#ahead += last.bytes
    this.#earlier ??= []
    this.#earlier.push(last)
    if (this.#ahead <= this.#limits.backlogBytes) return
    if (this.#isBehind) this.end()
    else this.#write(this.#earlier)
  }

  #forget(): void {
    this.#last = this.#earlier = null
    this.#ahead = this.#others = 0
  }

  #schedule(): void {
    if (this.#scheduled) return
    this.#scheduled = true
    this.#flusher.add(this)
  }
}

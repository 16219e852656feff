/** The write side of a connection: all frames of one tick go out in one write per socket. */
import { Batch } from './batch.ts'
import type { Clock } from '../options/clock.ts'
import type { Traffic } from '../options/counts.ts'
import type { Awaitable } from '../options/hooks.ts'
import type { Limits } from '../options/limits.ts'
import type { Transport } from './transport.ts'

/** A producer that waits for a slow peer continues once the backlog is this small. Bytes. */
const readyBytes = 128 * 1024

/** Writes each connection with queued frames once, at the end of the tick. */
export class Flusher {
  /** Counts what all connections write. */
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

/** The connection that owns the backlog. */
export interface OutboundOwner {
  readonly transport: Transport
  /** Ends the connection without an ERROR, unless it has ended. */
  cut(reason: string): void
}

/** Continues a producer that waited for room. Must not throw. */
export type ReadyWork = () => Awaitable<void>

/**
 * The backlog of one connection. It never blocks on a slow peer: a peer with too large a backlog is disconnected,
 * without effect on others.
 */
export class Outbound {
  /** By the broker's clock. */
  lastWriteAt = 0
  readonly #owner: OutboundOwner
  readonly #transport: Transport
  readonly #flusher: Flusher
  readonly #limits: Limits
  /** Queued batches: the last one, which may still grow, and the earlier ones. Most ticks queue one batch, which needs no list. */
  #last: Batch | null = null
  #earlier: Batch[] | null = null
  /** Whether the last batch belongs to this connection alone. */
  #ownsLast = false
  #scheduled = false
  #written = 0
  /** Bytes of the earlier batches. */
  #ahead = 0
  #ended = false
  /** Queued frames other than MESSAGE. */
  #others = 0
  /** The position written at a time, to measure how long the peer takes for it; null while it has no backlog. */
  #mark: { position: number; at: number } | null = null
  /** Producers that wait for room, in order of arrival. */
  #whenReady: Set<ReadyWork> | null = null
  /** Whether one of them is running. */
  #serving = false

  constructor(owner: OutboundOwner, { flusher, limits }: { flusher: Flusher; limits: Limits }) {
    this.#owner = owner
    this.#transport = owner.transport
    this.#flusher = flusher
    this.#limits = limits
  }

  /** Whether frames are dropped: the connection has ended, or one tick exceeded the backlog and the connection ends with the tick. */
  get ended(): boolean {
    return this.#ended
  }

  /** Queues a frame other than MESSAGE. */
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

  /** Queues a batch that other connections may share. Later frames go behind it, so order holds across destinations. */
  push(batch: Batch): void {
    if (this.#ended) return
    if (this.#last) this.#putAhead(this.#last)
    this.#last = batch
    this.#ownsLast = false
    this.#schedule()
  }

  /** Bytes that the peer has not read yet. */
  get backlog(): number {
    return this.#transport.backlog + this.#ahead + (this.#last?.bytes ?? 0)
  }

  /** Whether the backlog is small enough to send more. */
  get hasRoom(): boolean {
    return !this.#ended && this.backlog <= readyBytes
  }

  /** Calls `run` once, in a later tick, as soon as {@link hasRoom} is true and the producers before it are done. */
  whenReady(run: ReadyWork): void {
    this.#whenReady ??= new Set()
    this.#whenReady.add(run)
    this.#schedule()
  }

  /** Withdraws a {@link whenReady}. */
  stopWaiting(run: ReadyWork): void {
    this.#whenReady?.delete(run)
  }

  /** At the end of a tick: writes the queued batches and continues the waiting producers. @param now by the broker's clock. */
  flush(now: number): void {
    this.#scheduled = false
    this.writeAll(now)
    this.drained()
  }

  /**
   * Writes the queued batches, or disconnects a peer that has not read earlier ones. @param now by the broker's clock.
   */
  writeAll(now: number): void {
    if (this.#ended || (this.#last && this.#isBehind))
      this.#owner.cut(`more than ${this.#limits.backlogBytes} bytes behind`)
    else if (this.#last) {
      this.lastWriteAt = now
      this.#write(this.#earlier ? [...this.#earlier, this.#last] : [this.#last])
    }
  }

  /** Ends with the connection: drops what is queued, and never calls waiting producers. */
  end(): void {
    this.#ended = true
    this.#forget()
  }

  /** Called when the transport has taken bytes: continues waiting producers while there is room. */
  drained(): void {
    if (this.#whenReady && this.#whenReady.size > 0 && !this.#serving) void this.#serve(this.#whenReady)
  }

  /** Disconnects a peer whose oldest queued byte is too old. @param now by the broker's clock. */
  checkAge(now: number): void {
    const taken = this.#written - this.#transport.backlog
    if (this.#mark && taken < this.#mark.position) {
      if (now - this.#mark.at > this.#limits.backlogAge)
        this.#owner.cut(`more than ${this.#limits.backlogAge} ms behind`)
    } else this.#mark = taken < this.#written ? { position: this.#written, at: now } : null
  }

  async #serve(waiting: Set<ReadyWork>): Promise<void> {
    this.#serving = true
    // Each producer at most once; one that queues itself again waits for the next tick.
    for (const run of [...waiting]) {
      if (!this.hasRoom) break
      if (waiting.delete(run)) await run()
    }
    this.#serving = false
    if (waiting.size > 0 && this.hasRoom) this.#schedule()
  }

  get #isBehind(): boolean {
    return this.#transport.backlog > this.#limits.backlogBytes
  }

  /** @param batches all queued batches. */
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
   * Makes room for another batch behind the last one. A backlog over the limit is written at once. If the peer has not
   * read earlier bytes either, the connection ends, though only at the end of the tick: the publisher is in the middle
   * of a fan-out.
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

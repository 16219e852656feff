/** The read side of a connection: turns bytes into frames and hands them over in order, no faster than the limits allow. */
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import type { Frame, Version } from '../../../shared/stomp/frame.ts'
import type { Context } from './context.ts'
import { memoryOf } from '../frames/publication.ts'
import type { Transport } from '../transport/transport.ts'

/** Milliseconds that one connection may use in a row before others continue. */
const longestRun = 5
/** Milliseconds per elapsed millisecond that a connection may use; beyond that it is heavy, see {@link import('../quotas/ticks.ts').Ticks}. */
const fairShare = 0.01
/** The most credit a quiet connection saves up for a burst, and the most debt a heavy one has to make up for. Milliseconds. */
const mostCredit = 100
/**
 * What the broker still reads from a connection that waits for its tick, because sockets deliver bytes in small pieces: bytes, and
 * milliseconds that the transport may spend on them.
 */
const restingBytes = 16 * 1024
const restingTime = 1

/** The connection that handles the frames. */
export interface InboundOwner {
  readonly transport: Transport
  /** Whether it accepts frames now. */
  readonly takesFrames: boolean
  /** Handles a frame. Must not throw. @param done is called where the work finishes later. @returns whether it does. */
  handle(frame: Frame, done: () => void): boolean
  /** The bytes are not a valid frame, or exceed a limit. */
  refuse(thrown: unknown): void
}

export class Inbound {
  readonly #context: Context
  readonly #owner: InboundOwner
  readonly #decoder: FrameDecoder
  /** Frames whose work has not finished, and their bytes. */
  #working = 0
  #workingBytes = 0
  /** Called when all but the last one are finished; see {@link settled}. */
  #settled: (() => void) | null = null
  /** Whether reading stopped before a frame that may have arrived. */
  #stopped = false
  /** SEND frames still allowed before the next {@link tick}. */
  #sendsLeft: number
  /** Milliseconds used in the current run. */
  #taken = 0
  /** Milliseconds of its fair share left; zero or less for a heavy or a new connection. */
  #credit = 0
  #paused = false
  /** Whether it waits while others run. */
  #resting = false
  /** Milliseconds that the transport has spent while it waits. */
  #spentResting = 0
  #ended = false
  /** Whether no frame is handed over before the last one is finished. */
  #held = false

  constructor(owner: InboundOwner, context: Context) {
    const { limits } = context
    this.#context = context
    this.#owner = owner
    this.#sendsLeft = limits.sendRate
    this.#decoder = new FrameDecoder(limits.beforeConnect)
  }

  /** Whether reading is paused, so that signs of life go unnoticed. */
  get paused(): boolean {
    return this.#paused
  }

  /** The peer is admitted: its version and the wider limits apply from now on. */
  admit(version: Version): void {
    this.#decoder.version = version
    this.#decoder.limits = this.#context.limits
    this.#owner.transport.admitted()
  }

  /** Hands over no frame before the current one is finished. */
  hold(): void {
    this.#held = true
  }

  get isHeld(): boolean {
    return this.#held
  }

  /** Ends with the connection: no more frames are handed over. */
  end(): void {
    this.#ended = true
  }

  push(chunk: Uint8Array): void {
    const began = this.#context.clock.now()
    this.#context.traffic.bytesReceived += chunk.length
    this.#decoder.push(chunk)
    this.read(began)
  }

  /** Counts time spent on input before it was pushed. Milliseconds. */
  charge(spent: number): void {
    if (this.#resting) this.#spentResting += spent
    this.#spend(spent)
    this.#pauseOrResume()
  }

  /** Renews the send rate and the credit. @param interval milliseconds since the last call. */
  tick(interval: number): void {
    const { sendRate } = this.#context.limits
    this.#sendsLeft = Math.min(sendRate, this.#sendsLeft + (sendRate * interval) / 1000)
    this.#taken = 0
    this.#credit = Math.min(mostCredit, this.#credit + fairShare * interval)
    this.read()
  }

  /** Hands over frames while there are any and the owner accepts them. @param began when the run began, by the broker's clock. */
  read(began = this.#context.clock.now()): void {
    const { clock, ticks } = this.#context
    let [now, more] = [began, true]
    if (this.#isHeavy && ticks.exhausted) this.#rest()
    try {
      while (more && this.#isReadable()) {
        const frame = this.#decoder.next()
        if (frame) {
          this.#count(frame)
          this.#handOver(frame)
        }
        more = frame !== null
        const before = now
        now = clock.now()
        this.#spend(now - before)
      }
      this.#stopped = more
    } catch (thrown) {
      this.#owner.refuse(thrown)
    }
    this.#pauseOrResume()
  }

  /** Resolves when all frames handed over before the one that asks are finished. No further ones are handed over then. */
  settled(): Promise<void> {
    if (this.#working === 0) return Promise.resolve()
    return new Promise(resolve => (this.#settled = resolve))
  }

  /** Whether it still reads while it waits. */
  get #hasRoom(): boolean {
    return this.#decoder.buffered < restingBytes && this.#spentResting < restingTime
  }

  get #isHeavy(): boolean {
    return this.#credit <= 0
  }

  #spend(milliseconds: number): void {
    this.#taken += milliseconds
    this.#credit = Math.max(-mostCredit, this.#credit - milliseconds)
    if (this.#isHeavy) this.#context.ticks.spend(milliseconds)
    if (this.#taken >= longestRun) this.#rest()
  }

  /** Lets others run first. */
  #rest(): void {
    if (this.#resting) return
    this.#resting = true
    this.#spentResting = 0
    const goOn = (): boolean => {
      const before = this.#paused
      this.#resting = false
      this.#taken = 0
      this.read()
      return before && !this.#paused
    }
    if (this.#isHeavy) this.#context.ticks.wait(goOn)
    else setImmediate(goOn)
  }

  #handOver(frame: Frame): void {
    let bytes = 0
    let holds = false
    const done = (): void => {
      this.#working--
      this.#workingBytes -= bytes
      if (holds) this.#held = false
      // The frame that waits for the others is the last one.
      if (this.#working === 1) this.#settled?.()
      if (this.#stopped) this.read()
    }
    if (!this.#owner.handle(frame, done)) {
      this.#held = false
      return
    }
    holds = this.#held
    bytes = memoryOf(frame.headers, frame.body)
    this.#working++
    this.#workingBytes += bytes
  }

  #count({ command }: Frame): void {
    const { traffic } = this.#context
    traffic.framesReceived++
    if (command !== 'SEND') return
    traffic.sendsReceived++
    this.#sendsLeft--
  }

  #isReadable(): boolean {
    return !this.#resting && this.#isWithinLimits()
  }

  #isWithinLimits(): boolean {
    const { pendingFrames, pendingBytes } = this.#context.limits
    return (
      this.#owner.takesFrames &&
      !this.#held &&
      this.#working < pendingFrames &&
      this.#workingBytes < pendingBytes &&
      this.#sendsLeft >= 1
    )
  }

  #pauseOrResume(): void {
    const pause = !this.#isWithinLimits() || (this.#resting && !this.#hasRoom)
    if (this.#ended || this.#paused === pause) return
    this.#paused = pause
    if (this.#paused) this.#owner.transport.pause()
    else this.#owner.transport.resume()
  }
}

/** What comes in: bytes become frames, handed over in order, and no faster than the limits let them. */
import { FrameDecoder } from '../../../shared/stomp/decoder.ts'
import type { Frame, Version } from '../../../shared/stomp/frame.ts'
import type { Context } from './context.ts'
import { memoryOf } from '../frames/publication.ts'
import type { Transport } from '../transport/transport.ts'

/** Milliseconds that the frames of one connection may take in a row; then others have their turn. */
const longestTurn = 5
/** Milliseconds that a connection may take for each that passes: beyond, it shares {@link import('../quotas/ticks.ts').Turns} with its like. */
const fairShare = 0.01
/** Milliseconds: who has taken little may for once take so much more, and who has taken much is known for it until they are made up for. */
const mostCredit = 100
/**
 * What is taken in from who waits for a turn, so that the turn begins with all of it: sockets hand bytes over in the pieces in which they
 * came. Bytes, and milliseconds that their transport may spend on them.
 */
const restingBytes = 16 * 1024
const restingTime = 1

/** Whose frames they are. */
export interface InboundOwner {
  readonly transport: Transport
  /** Whether it takes frames now. */
  readonly takesFrames: boolean
  /** Carries out a frame. Must not throw. @returns when it is done, where that is later. */
  handle(frame: Frame): Promise<void> | undefined
  /** The bytes are no frame, or one beyond the limits. */
  refuse(thrown: unknown): void
}

export class Inbound {
  readonly #context: Context
  readonly #owner: InboundOwner
  readonly #decoder: FrameDecoder
  /** Frames that are not done yet, and what they take; made for the first of them. */
  #working: Set<Promise<void>> | null = null
  #workingBytes = 0
  /** SEND frames that may come before the clock has to go on. */
  #sendsLeft: number
  /** Milliseconds of its turn that it has had. */
  #taken = 0
  /** Milliseconds of its fair share that are left; none where it takes much, or is new. */
  #credit = 0
  #paused = false
  /** Others have their turn. */
  #resting = false
  /** Milliseconds that the transport has spent meanwhile. */
  #spentResting = 0
  #ended = false

  constructor(owner: InboundOwner, context: Context) {
    const { limits } = context
    this.#context = context
    this.#owner = owner
    this.#sendsLeft = limits.sendRate
    this.#decoder = new FrameDecoder(limits.beforeConnect)
  }

  /** Whether the peer is not read for now: it can't be heard. */
  get paused(): boolean {
    return this.#paused
  }

  /** The peer is admitted: from here on its version and the wider limits hold. */
  admit(version: Version): void {
    this.#decoder.version = version
    this.#decoder.limits = this.#context.limits
    this.#owner.transport.admitted()
  }

  /** The connection is gone: nothing is handed over any more. */
  end(): void {
    this.#ended = true
  }

  push(chunk: Uint8Array): void {
    const began = this.#context.clock.now()
    this.#context.traffic.bytesReceived += chunk.length
    this.#decoder.push(chunk)
    this.read(began)
  }

  /** Counts time that was spent on what came, before it was pushed. Milliseconds. */
  charge(spent: number): void {
    if (this.#resting) this.#spentResting += spent
    this.#spend(spent)
    this.#pauseOrResume()
  }

  /** Time has gone on: more may be sent. @param interval milliseconds since the last time. */
  tick(interval: number): void {
    const { sendRate } = this.#context.limits
    this.#sendsLeft = Math.min(sendRate, this.#sendsLeft + (sendRate * interval) / 1000)
    this.#taken = 0
    this.#credit = Math.min(mostCredit, this.#credit + fairShare * interval)
    this.read()
  }

  /** Hands over frames as long as there are any and its owner may go on. @param began when its turn did, by the broker's clock. */
  read(began = this.#context.clock.now()): void {
    const { clock, turns } = this.#context
    let [now, more] = [began, true]
    if (this.#takesMuch && turns.over) this.#rest()
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
    } catch (thrown) {
      this.#owner.refuse(thrown)
    }
    this.#pauseOrResume()
  }

  /** @returns when everything that came before has been worked off. */
  async settled(): Promise<void> {
    if (this.#working) await Promise.all(this.#working)
  }

  /** Whether more is taken in while it waits. */
  get #hasRoom(): boolean {
    return this.#decoder.buffered < restingBytes && this.#spentResting < restingTime
  }

  get #takesMuch(): boolean {
    return this.#credit <= 0
  }

  #spend(milliseconds: number): void {
    this.#taken += milliseconds
    this.#credit = Math.max(-mostCredit, this.#credit - milliseconds)
    if (this.#takesMuch) this.#context.turns.spend(milliseconds)
    if (this.#taken >= longestTurn) this.#rest()
  }

  /** Others have their turn. */
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
    if (this.#takesMuch) this.#context.turns.wait(goOn)
    else setImmediate(goOn)
  }

  #handOver(frame: Frame): void {
    const work = this.#owner.handle(frame)
    if (!work) return
    const working = (this.#working ??= new Set())
    const bytes = memoryOf(frame.headers, frame.body)
    this.#workingBytes += bytes
    const done = work.finally(() => {
      working.delete(done)
      this.#workingBytes -= bytes
      this.read()
    })
    working.add(done)
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
      (this.#working?.size ?? 0) < pendingFrames &&
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

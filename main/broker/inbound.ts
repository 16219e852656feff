/** What comes in: bytes become frames, handed over in order, and no faster than the limits let them. */
import { FrameDecoder } from '../../shared/stomp/decoder.ts'
import type { Frame, Version } from '../../shared/stomp/frame.ts'
import type { Context } from './context.ts'
import { memoryOf } from './publication.ts'
import type { Transport } from './transport.ts'

/** Milliseconds that the frames of one connection may take, in a row or bit by bit between two ticks; then others have their turn. */
const longestTurn = 10
/**
 * Who takes little has credit for more than a turn, so that one burst, or a pause of the whole process, is not held against them: so many
 * milliseconds for each that passes, and at most.
 */
const creditRate = 0.01
const mostCredit = 100

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
  /** Milliseconds that it may take before it has to wait for others. */
  #credit = 0
  #paused = false
  /** Others have their turn. */
  #resting = false
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
    this.#spend(spent)
    this.#pauseOrResume()
  }

  /** Time has gone on: more may be sent. @param interval milliseconds since the last time. */
  tick(interval: number): void {
    const { sendRate } = this.#context.limits
    this.#sendsLeft = Math.min(sendRate, this.#sendsLeft + (sendRate * interval) / 1000)
    this.#taken = 0
    this.#credit = Math.min(mostCredit, this.#credit + creditRate * interval)
    // Time goes on for all at once; their turns do not come at once.
    if (this.#paused) this.#rest(longestTurn)
  }

  /** Hands over frames as long as there are any and its owner may go on. @param began when its turn did, by the broker's clock. */
  read(began = this.#context.clock.now()): void {
    const { clock } = this.#context
    let [now, more] = [began, true]
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

  #spend(milliseconds: number): void {
    this.#taken += milliseconds
    this.#credit = Math.max(0, this.#credit - milliseconds)
    if (this.#taken >= longestTurn) this.#rest(this.#taken)
  }

  /** Others have their turn. @param took milliseconds that this one was, or may become. */
  #rest(took: number): void {
    if (this.#resting) return
    this.#resting = true
    this.#context.turns.rest(this.#credit > longestTurn ? 0 : took, () => {
      this.#resting = false
      this.read()
    })
    this.#taken = 0
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
    const { pendingFrames, pendingBytes } = this.#context.limits
    return (
      !this.#resting &&
      this.#owner.takesFrames &&
      (this.#working?.size ?? 0) < pendingFrames &&
      this.#workingBytes < pendingBytes &&
      this.#sendsLeft >= 1
    )
  }

  #pauseOrResume(): void {
    if (this.#ended || this.#paused !== this.#isReadable()) return
    this.#paused = !this.#paused
    if (this.#paused) this.#owner.transport.pause()
    else this.#owner.transport.resume()
  }
}

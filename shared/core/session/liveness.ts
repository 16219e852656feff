/** Notices that the other end of a link is gone, whatever the clock of the wall does and whether or not heart-beats were agreed. */
import type { Clock } from '../ports.ts'

/** Milliseconds without a word after which a link without heart-beats is asked for a sign of life. */
export const idleInterval = 20_000
/** Milliseconds that a link has to answer when somebody wants to know now. */
export const verifyDeadline = 5000

export interface LivenessOptions {
  clock: Clock
  /** Milliseconds within which something has to be heard: the agreed heart-beat, else {@link idleInterval}. */
  interval: number
  /** Whether the other end has promised to be heard unasked. */
  beats: boolean
  /** Asks the other end for a sign of life. @returns false where it can't be asked, so that its silence says nothing. */
  probe(): boolean
  /** The link is dead. Called once. */
  lost(): void
}

/** Two intervals of silence are the end: after the first the other end is asked, after the second it is given up. */
export class Liveness {
  readonly #options: LivenessOptions
  #isSilent = true
  /** Whether the silence of the interval before this one was a bad sign. */
  #isDoubtful = false
  #cancelTick: () => void
  #cancelDeadline: (() => void) | null = null

  constructor(options: LivenessOptions) {
    this.#options = options
    this.#cancelTick = options.clock.after(options.interval, () => this.#tick())
  }

  /** Something was heard. */
  heard(): void {
    this.#isSilent = false
    this.#cancelDeadline?.()
    this.#cancelDeadline = null
  }

  /** Asks at once, and takes silence for {@link verifyDeadline} as the end. */
  verify(): void {
    if (this.#cancelDeadline) return
    if (this.#options.probe())
      this.#cancelDeadline = this.#options.clock.after(verifyDeadline, () => this.#giveUp())
    else this.#giveUp()
  }

  stop(): void {
    this.#cancelTick()
    this.#cancelDeadline?.()
  }

  #tick(): void {
    const { clock, interval, beats } = this.#options
    if (this.#isSilent && this.#isDoubtful) {
      this.#giveUp()
      return
    }
    this.#isDoubtful = this.#isSilent && (beats || this.#options.probe())
    this.#isSilent = true
    this.#cancelTick = clock.after(interval, () => this.#tick())
  }

  #giveUp(): void {
    this.stop()
    this.#options.lost()
  }
}

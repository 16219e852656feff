/** Detects a dead connection, regardless of clock changes and of whether heart-beats were agreed. */
import type { Clock } from '../ports.ts'

/** Milliseconds of silence after which a connection without heart-beats is probed. */
export const idleInterval = 20_000
/** Milliseconds that the other end has to answer an explicit check. */
export const verifyDeadline = 5000

export interface LivenessOptions {
  clock: Clock
  /** Milliseconds within which data must arrive: the agreed heart-beat, else {@link idleInterval}. */
  interval: number
  /** Whether the other end has agreed to send heart-beats. */
  beats: boolean
  /** Probes the other end. @returns false if it can't be probed, so that its silence proves nothing. */
  probe(): boolean
  /** The connection is dead. Called once. */
  lost(): void
}

/**
 * A connection is dead after two silent intervals: after the first the other end is probed, after the second it is
 * given up.
 */
export class Liveness {
  readonly #options: LivenessOptions
  #isSilent = true
  /** Whether the previous interval was suspiciously silent. */
  #isDoubtful = false
  #cancelTick: () => void
  #cancelDeadline: (() => void) | null = null

  constructor(options: LivenessOptions) {
    this.#options = options
    this.#cancelTick = options.clock.after(options.interval, () => this.#tick())
  }

  /** Data has arrived. */
  heard(): void {
    this.#isSilent = false
    this.#cancelDeadline?.()
    this.#cancelDeadline = null
  }

  /** Probes at once, and treats silence for {@link verifyDeadline} as the end. */
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

/** Detects a dead connection, regardless of clock changes and of whether heart-beats were agreed. */
import type { ConnectedHeaders } from '../dialect/dialect.ts'
import type { Clock } from '../ports.ts'
import { heartBeat } from './wire.ts'

/** Milliseconds of silence after which a connection without heart-beats is probed. */
export const idleInterval = 20_000
/** Milliseconds that the other end has to answer an explicit check. */
export const verifyDeadline = 5000

/**
 * The server's heart-beat interval in milliseconds; 0 for none. Null if the header is invalid (STOMP 1.2,
 * "Heart-beating") or longer than a timer can run: the library would send heart-beats without a pause.
 */
export const serverBeat = (headers: ConnectedHeaders): number | null => {
  const [, beat] = /^(\d{1,9}), ?\d{1,9}$/.exec(headers['heart-beat'] ?? '0,0') ?? []
  if (beat === undefined) return null
  return Number(beat) > 0 ? Math.max(Number(beat), heartBeat) : 0
}

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

/** Silence is measured in ticks, this many in an interval: timers are monotonic, and a clock that is set back hides nothing. */
const ticks = 10

/** The other end is probed after one silent interval, and given up after two; that is found within a tick. */
export class Liveness {
  readonly #options: LivenessOptions
  /** Ticks since data has arrived. */
  #silence = 0
  #cancelTick: () => void
  #cancelDeadline: (() => void) | null = null

  constructor(options: LivenessOptions) {
    this.#options = options
    this.#cancelTick = this.#nextTick()
  }

  /** Data has arrived. */
  heard(): void {
    this.#silence = 0
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

  #nextTick(): () => void {
    const { clock, interval } = this.#options
    return clock.after(interval / ticks, () => this.#tick())
  }

  #tick(): void {
    const { beats } = this.#options
    this.#silence++
    if (this.#silence > 2 * ticks) {
      this.#giveUp()
      return
    }
    if (this.#silence === ticks && !beats && !this.#options.probe()) this.#silence = 0
    this.#cancelTick = this.#nextTick()
  }

  #giveUp(): void {
    this.stop()
    this.#options.lost()
  }
}

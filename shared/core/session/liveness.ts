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
  probe: () => boolean
  /** The link is dead. Called once. */
  lost: () => void
}

export interface Liveness {
  /** Something was heard. */
  heard(): void
  /** Asks at once, and takes silence for {@link verifyDeadline} as the end. */
  verify(): void
  stop(): void
}

/** Two intervals of silence are the end: after the first the other end is asked, after the second it is given up. */
export const watchLiveness = ({ clock, interval, beats, probe, lost }: LivenessOptions): Liveness => {
  let silent = true
  /** Whether the silence of the interval before this one was a bad sign. */
  let doubtful = false
  let cancelTick: (() => void) | null = null
  let cancelDeadline: (() => void) | null = null

  const stop = (): void => {
    cancelTick?.()
    cancelDeadline?.()
  }
  const giveUp = (): void => {
    stop()
    lost()
  }
  const tick = (): void => {
    if (silent && doubtful) {
      giveUp()
      return
    }
    doubtful = silent && (beats || probe())
    silent = true
    cancelTick = clock.after(interval, tick)
  }
  cancelTick = clock.after(interval, tick)

  return {
    heard() {
      silent = false
      cancelDeadline?.()
      cancelDeadline = null
    },
    verify() {
      if (cancelDeadline) return
      if (probe()) cancelDeadline = clock.after(verifyDeadline, giveUp)
      else giveUp()
    },
    stop,
  }
}

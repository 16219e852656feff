/** Keeps the histories of the rooms within their bounds while the host runs. */
import { setImmediate } from 'node:timers/promises'
import type { MessageLog } from './history/messages.ts'
import type { Keep } from './history/retention.ts'
import type { HostLog } from './options.ts'
import type { Rooms } from './rooms.ts'

/** Milliseconds from the end of one round to the next one. */
const interval = 5_000

/** Trims now and from time to time, in small steps between which others have their turn. @returns what ends it. */
export const keepTrimmed = (messages: MessageLog, rooms: Rooms, keep: Keep, log: HostLog): (() => void) => {
  if (keep.days + keep.messages + keep.bytes === 0) return () => undefined
  let stopped = false
  let timer: NodeJS.Timeout | undefined

  const round = async (): Promise<void> => {
    for (const { roomId } of rooms.list()) {
      while (!stopped && messages.trim(roomId, keep)) await setImmediate()
    }
  }
  const run = (): void => {
    round()
      .catch((thrown: unknown) => log.error('history not trimmed', { error: String(thrown) }))
      .finally(() => {
        if (!stopped) timer = setTimeout(run, interval).unref()
      })
  }
  run()
  return () => {
    stopped = true
    clearTimeout(timer)
  }
}

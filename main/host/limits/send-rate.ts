/** How many bytes a person may send to the host in a second: what comes faster waits for its time, in order. */
import { networkOf } from '../../broker/quotas/address-group.ts'
import type { Client } from '../../broker/options/hooks.ts'

/** Bytes a second of one person, unless it is set. */
export const defaultSendBytes = 256 * 1024
/** Seconds for which somebody silent saves up: a long text that is pasted, or what was written offline, goes out at once. */
const savedSeconds = 64
/** How many people one address stands for: guests get a new identity with each connection, but not a new address. */
const peoplePerAddress = 4
/** Senders remembered, before those who have saved up everything are forgotten. */
const mostSenders = 4_096

export interface SendRate {
  /** Runs the work of a request when its sender may send so many bytes. @returns what the work returns, later where it has to wait. */
  run(client: Client, bytes: number, work: () => void | Promise<void>): void | Promise<void>
  /** Runs everything that waits. */
  stop(): void
}

interface SendRateOptions {
  /** Bytes a second of one person; Infinity for any number. */
  bytesPerSecond: number
  /** A clock that is never set back, in milliseconds. */
  now: () => number
}

export const createSendRate = ({ bytesPerSecond, now }: SendRateOptions): SendRate => {
  /** When a sender will have saved up everything again, by the clock. */
  const restedAt = new Map<string, number>()
  /** The last request of a connection that waits. */
  const waiting = new Map<string, Promise<void>>()
  const sleepers = new Set<() => void>()
  let stopped = false

  const forgetRested = (): void => {
    for (const [sender, at] of restedAt) if (at <= now()) restedAt.delete(sender)
  }
  /** @returns when the sender may send so many bytes, by the clock. */
  const book = (sender: string, bytes: number, rate: number): number => {
    if (restedAt.size >= mostSenders) forgetRested()
    const rested = Math.max(now(), restedAt.get(sender) ?? 0) + (bytes / rate) * 1_000
    restedAt.set(sender, rested)
    return rested - savedSeconds * 1_000
  }
  const dueAt = ({ principal, address }: Client, bytes: number): number =>
    Math.max(
      book(`person ${principal.id}`, bytes, bytesPerSecond),
      book(`address ${networkOf(address)}`, bytes, bytesPerSecond * peoplePerAddress),
    )
  const sleepUntil = (due: number): Promise<void> =>
    new Promise(resolve => {
      const wake = (): void => {
        clearTimeout(timer)
        sleepers.delete(wake)
        resolve()
      }
      const wait = stopped ? 0 : Math.max(0, due - now())
      const timer = setTimeout(wake, wait).unref()
      sleepers.add(wake)
      if (wait === 0) wake()
    })

  return {
    run: (client, bytes, work) => {
      const due = dueAt(client, bytes)
      const before = waiting.get(client.id)
      if (!before && due <= now()) return work()
      const mayGo = (before ?? Promise.resolve()).then(() => sleepUntil(due))
      waiting.set(client.id, mayGo)
      return mayGo.then(() => {
        if (waiting.get(client.id) === mayGo) waiting.delete(client.id)
        return work()
      })
    },
    stop: () => {
      stopped = true
      for (const wake of sleepers) wake()
    },
  }
}

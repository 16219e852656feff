/** Limits how many bytes a person may send to the host in a second: faster requests are delayed, in order. */
import { networkOf } from '../../broker/quotas/address-group.ts'
import type { Client } from '../../broker/options/hooks.ts'

/** Bytes a second of one person, by default. */
export const defaultSendBytes = 256 * 1024
/**
 * Seconds of unused budget that a silent sender accumulates: a long pasted text, or an outbox after hours offline, is
 * sent at once.
 */
const savedSeconds = 64
/** An address has the budget of this many people: guests get a new identity with each connection, but not a new address. */
const peoplePerAddress = 4
/** The most people and addresses that are remembered; beyond it those with a full budget are forgotten. */
const mostSenders = 4_096

export interface SendRate {
  /** Runs a request when its sender may send this many bytes. @returns the result of `work`, later if it is delayed. */
  run(client: Client, bytes: number, work: () => void | Promise<void>): void | Promise<void>
  /** Runs all delayed requests now. */
  stop(): void
}

interface SendRateOptions {
  /** Bytes a second of one person; Infinity for no limit. */
  bytesPerSecond: number
  /** A monotonic clock, in milliseconds. */
  now: () => number
}

/** The use of the budget by a person, or by all people at an address. */
interface Account {
  /** When the budget is full again, by the clock. */
  restedAt: number
}

export const createSendRate = ({ bytesPerSecond, now }: SendRateOptions): SendRate => {
  const people = new Map<string, Account>()
  const networks = new Map<string, Account>()
  /** The last delayed request of each connection. */
  const waiting = new Map<string, Promise<void>>()
  const sleepers = new Set<() => void>()
  let stopped = false

  const accountOf = (accounts: Map<string, Account>, sender: string): Account => {
    const known = accounts.get(sender)
    if (known) return known
    if (accounts.size >= mostSenders)
      for (const [each, { restedAt }] of accounts) if (restedAt <= now()) accounts.delete(each)
    const account = { restedAt: 0 }
    accounts.set(sender, account)
    return account
  }
  /** @returns when this many bytes may be sent, by the clock. @param rate bytes a second. */
  const book = (account: Account, bytes: number, rate: number): number => {
    account.restedAt = Math.max(now(), account.restedAt) + (bytes / rate) * 1_000
    return account.restedAt - savedSeconds * 1_000
  }
  const dueAt = ({ principal, address }: Client, bytes: number): number =>
    Math.max(
      book(accountOf(people, principal.id), bytes, bytesPerSecond),
      book(accountOf(networks, networkOf(address)), bytes, bytesPerSecond * peoplePerAddress),
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
      if (bytesPerSecond === Infinity) return work()
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

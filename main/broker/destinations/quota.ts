/** Quotas of queues, streams and durable subscriptions: of the whole broker, and of each payer. */
import { ProtocolError } from '../frames/protocol-error.ts'

export interface Payer {
  /** Payers of one group share a quota. */
  readonly group: string
  /** See {@link import('../options/hooks.ts').BrokerHooks.hasReserve}. */
  readonly hasReserve: boolean
}

/** How many of one kind there may be. */
export interface Quota {
  /** In the whole broker. */
  readonly all: number
  /** Opened by one {@link Payer.group}. */
  readonly perPerson: number
}

/** The part of all that anybody may open; the reserve is the rest. */
const openToAll = 0.9

/**
 * @param opened what there is already.
 * @param payer who opens one more; null for the application. No share of one payer binds the application and those who have the reserve.
 * @returns whether there is no room for it.
 */
export const isFull = (
  opened: Iterable<{ readonly payer: Payer | null }>,
  payer: Payer | null,
  { all, perPerson }: Quota,
): boolean => {
  let [count, paid] = [0, 0]
  for (const other of opened) {
    count++
    if (payer !== null && other.payer?.group === payer.group) paid++
  }
  if (payer === null || payer.hasReserve) return count >= all
  return count >= Math.ceil(all * openToAll) || paid >= perPerson
}

/** @param what its plural, in lower case. @returns the error for somebody who opens one too many. */
export const tooMany = (what: string, { all, perPerson }: Quota): ProtocolError =>
  new ProtocolError(
    `Too many ${what}`,
    `The broker keeps ${all} ${what}: ${Math.ceil(all * openToAll)} for everybody, ${perPerson} that one person has opened. Use one that there is, or give up another one first.`,
  )

/** For whom the queues, streams and durable subscriptions count that a peer opens and leaves behind. */
import { addressGroup } from './address-group.ts'
import type { Connection } from './connection.ts'
import { ProtocolError } from './protocol-error.ts'

export interface Payer {
  /** Payers of one group share a quota. */
  readonly group: string
  /** See {@link import('./hooks.ts').BrokerHooks.hasReserve}. */
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
 * A peer of the network pays by its address, because guests get a new identity with each connection. On this computer, where a proxy may
 * speak for everybody, each person pays, and all guests together.
 */
export const payerOf = ({
  transport,
  client,
  context,
}: Pick<Connection, 'transport' | 'client' | 'context'>): Payer => {
  const person = client?.principal
  const local = person && !person.isGuest ? `person ${person.id}` : 'guests of this computer'
  return {
    group: transport.loopback ? local : addressGroup(transport.address),
    hasReserve: client !== null && context.hooks.hasReserve?.(client) === true,
  }
}

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

/** For whom the queues, streams and durable subscriptions count that a peer opens and leaves behind. */
import { addressGroup } from '../quotas/address-group.ts'
import type { Connection } from './connection.ts'
import type { Payer } from '../destinations/quota.ts'

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

/**
 * Decides whose quota pays for the queues, streams and durable subscriptions that a peer creates, and for the messages
 * in them.
 */
import { addressGroup } from '../quotas/address-group.ts'
import type { Payer } from '../quotas/quota.ts'
import type { Connection } from './connection.ts'

/**
 * Peers from the network share the quota of their address, because a guest gets a new identity with each connection. On
 * this computer, where a proxy may serve everybody, each person has a quota and all guests share one. Together they get
 * only a part of the total, because device keys cost nothing.
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
    isLocal: transport.loopback,
    hasReserve: client !== null && context.hooks.hasReserve?.(client) === true,
  }
}

import { addressGroup } from './address-group.ts'
import type { Connection } from './connection.ts'

/**
 * @returns for whom the queues and streams that a peer opens count: of the network for its address, since guests get a new identity with
 *   each connection; on this computer, where a proxy may speak for everybody, for the person.
 */
export const payerOf = ({ transport, client }: Pick<Connection, 'transport' | 'client'>): string =>
  transport.loopback ? `person ${client?.principal.id ?? ''}` : addressGroup(transport.address)

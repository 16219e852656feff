/** The fan-out of a host with one node: its own broker. */
import type { Broker } from '../../broker/broker.ts'
import { roomOf } from '../../../shared/protocol/destinations.ts'
import { nameKey } from '../../../shared/text/fold.ts'
import type { Fanout } from '../ports/fanout.ts'
import { covers } from '../wire/room-topics.ts'
import type { People } from './people.ts'

export const createLocalFanout = (
  broker: () => Pick<Broker, 'publish' | 'hasListeners'>,
  people: Pick<People, 'clients' | 'clientsOf'>,
): Fanout => ({
  publish: (destination, message) => broker().publish(destination, message),
  tell: (personId, destination, message) => {
    for (const client of people.clientsOf(personId)) client.sendToUser(destination, message)
  },
  hasListeners: (destination, byNameOnly) => broker().hasListeners(destination, byNameOnly),
  endFor: (personId, { roomId, kind }) => {
    // Wildcards receive public rooms only.
    const hears = (destination: string): boolean =>
      kind === 'public' ? covers(destination, roomId) : roomOf(destination) === roomId
    for (const client of people.clientsOf(personId)) client.endSubscriptions(hears)
  },
  endForEverybody: roomId => {
    for (const client of people.clients())
      client.endSubscriptions(destination => roomOf(destination) === roomId)
  },
  closeNamesakes: ({ personId, nameKey: key }, reason) => {
    for (const client of people.clients()) {
      const { principal } = client
      if (principal.id !== personId && nameKey(principal.name) === key) client.close(reason)
    }
  },
})

/** The presence of a host with one node: the connections of its own broker. */
import type { Client } from '../../broker/options/hooks.ts'
import type { Presence, PresentPerson } from '../ports/presence.ts'
import { hears } from '../wire/room-topics.ts'
import type { People } from './people.ts'

const eachOnce = (clients: Iterable<Client>, match: (client: Client) => boolean): PresentPerson[] => {
  const people = new Map<string, PresentPerson>()
  for (const client of clients) {
    const { id, name } = client.principal
    if (match(client)) people.set(id, { personId: id, name })
  }
  return [...people.values()]
}

export const createLocalPresence = ({
  clients,
  clientsOf,
}: Pick<People, 'clients' | 'clientsOf'>): Presence => ({
  everybody: () => Promise.resolve(eachOnce(clients(), () => true)),
  readers: room => Promise.resolve(eachOnce(clients(), client => hears(client, room))),
  isConnected: personId => Promise.resolve([...clientsOf(personId)].length > 0),
})

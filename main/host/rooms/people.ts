/** The people who are connected now. */
import type { HostGuest } from '../../../shared/contract/model.ts'
import type { Client } from '../../broker/options/hooks.ts'

/** Milliseconds over which changes are coalesced: a whole class may connect at once. */
const gatherFor = 100

export interface People {
  /** @returns one entry for each connection, oldest first. */
  list(): HostGuest[]
  /** @returns the connections of this person. */
  clientsOf(personId: string): Iterable<Client>
  /** @returns all connections, oldest first. */
  clients(): Iterable<Client>
  came(client: Client): void
  left(client: Client): void
  /** @returns a function that removes the listener. */
  onChanged(listener: (people: HostGuest[]) => void): () => void
  /** Calls no listener afterwards. */
  stop(): void
}

export const createPeople = (): People => {
  const clients = new Map<string, Client>()
  const byPerson = new Map<string, Client[]>()
  const listeners = new Set<(people: HostGuest[]) => void>()
  let pending: NodeJS.Timeout | undefined

  const list = (): HostGuest[] =>
    Array.from(clients.values(), ({ principal, address, connectedAt }) => ({
      personId: principal.id,
      name: principal.name,
      address,
      since: connectedAt,
    }))
  const announce = (): void => {
    pending ??= setTimeout(() => {
      pending = undefined
      for (const listener of listeners) listener(list())
    }, gatherFor)
  }

  return {
    list,
    clientsOf: personId => byPerson.get(personId) ?? [],
    clients: () => clients.values(),
    came: client => {
      const { id } = client.principal
      clients.set(client.id, client)
      const others = byPerson.get(id)
      if (others) others.push(client)
      else byPerson.set(id, [client])
      announce()
    },
    left: client => {
      if (!clients.delete(client.id)) return
      const { id } = client.principal
      const others = (byPerson.get(id) ?? []).filter(other => other !== client)
      if (others.length > 0) byPerson.set(id, others)
      else byPerson.delete(id)
      announce()
    },
    onChanged: listener => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    stop: () => {
      clearTimeout(pending)
      listeners.clear()
    },
  }
}

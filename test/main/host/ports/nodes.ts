/** Hosts of one node and of two: brokers with peers in memory, and a fan-out and a presence that reach all of them. */
import type { Fanout } from '../../../../main/host/ports/fanout.ts'
import type { Presence } from '../../../../main/host/ports/presence.ts'
import { createLocalFanout } from '../../../../main/host/rooms/local-fanout.ts'
import { createLocalPresence } from '../../../../main/host/rooms/local-presence.ts'
import { createPeople } from '../../../../main/host/rooms/people.ts'
import { startBroker } from '../../broker/fixture.ts'
import type { MemoryPeer } from '../../broker/memory-peer.ts'

export interface Nodes {
  fanout: Fanout
  presence: Presence
  /** A new peer under this login; its id is `person-` and the login in lower case. Each one comes to the next node. */
  connect: (login: string) => Promise<MemoryPeer>
}

export const oneNode = (): Nodes => {
  const people = createPeople()
  const { broker, connect } = startBroker({
    admit: ({ login = '' }) => ({
      ok: true,
      principal: { id: `person-${login.toLowerCase()}`, name: login },
    }),
    connected: client => people.came(client),
    disconnected: client => people.left(client),
  })
  return {
    fanout: createLocalFanout(() => broker, people),
    presence: createLocalPresence(people),
    connect: login => connect({ login }),
  }
}

/** Two nodes that say and ask everything at both. */
export const twoNodes = (): Nodes => {
  const nodes = [oneNode(), oneNode()]
  const all =
    <Name extends Exclude<keyof Fanout, 'hasListeners'>>(name: Name) =>
    (...args: Parameters<Fanout[Name]>): void => {
      for (const { fanout } of nodes) (fanout[name] as (...given: typeof args) => void)(...args)
    }
  /** @returns what both nodes answer, each person once. */
  const joined = async (ask: (presence: Presence) => ReturnType<Presence['everybody']>) => {
    const answers = await Promise.all(nodes.map(({ presence }) => ask(presence)))
    return [...new Map(answers.flat().map(person => [person.personId, person])).values()]
  }
  let connected = 0
  return {
    fanout: {
      publish: all('publish'),
      tell: all('tell'),
      hasListeners: (...asked) => nodes.some(({ fanout }) => fanout.hasListeners(...asked)),
      endFor: all('endFor'),
      endForEverybody: all('endForEverybody'),
      closeNamesakes: all('closeNamesakes'),
    },
    presence: {
      everybody: () => joined(presence => presence.everybody()),
      readers: room => joined(presence => presence.readers(room)),
      isConnected: async personId =>
        (await Promise.all(nodes.map(({ presence }) => presence.isConnected(personId)))).includes(true),
    },
    connect: login => {
      const node = nodes[connected % nodes.length] ?? oneNode()
      connected += 1
      return node.connect(login)
    },
  }
}

/** The people of the one room that is watched: what they are there, and who of them is there right now. */
import type { Member, Role, Room, RoomKey, Standing } from '../../contract/model.ts'
import { mostPeople, type Dialect, type MemberChange } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'

/** A room, and whether it is to be known who is there right now. */
export interface Watch {
  room: Room
  presence: boolean
}

export interface Members {
  /** Watches a room from now on; null for none. */
  watch(watch: Watch | null): void
  /** There is a session, and what is spoken there. */
  online(session: Session, dialect: Dialect): void
  offline(): void
  /** The person is in this room. Where it was shut to them, its people are asked for once more. */
  opened(room: RoomKey): void
  /** The room is shut to the person: its host tells them nothing more of it. */
  shut(room: RoomKey): void
  changed: (change: MemberChange) => void
}

/** Those who are named in the room, by their ids, and what the person may do there. */
interface Named {
  role: Role
  people: Map<string, { name: string; standing: Standing }>
}

export const createMembers = (state: Pick<KnownState, 'setMembers'>, log: Log): Members => {
  let link: { session: Session; dialect: Dialect } | null = null
  let watched: Watch | null = null
  /** The host has ended what the person hears of the watched room. */
  let isShut = false
  let named: Named | null = null
  /** Who is there right now: names by ids; null while that is not known. */
  let here: ReadonlyMap<string, string> | null = null
  let endPresence = (): void => undefined

  const memberOf = (id: string): Member => {
    const known = named?.people.get(id)
    return {
      personId: id,
      name: here?.get(id) ?? known?.name ?? '',
      standing: known?.standing ?? null,
      here: here?.has(id) ?? false,
      own: id === link?.dialect.personId,
    }
  }
  const tell = (): void => {
    if (!watched || !named) {
      state.setMembers(null)
      return
    }
    const ids = new Set([...named.people.keys(), ...(here?.keys() ?? [])])
    state.setMembers({
      room: watched.room.key,
      role: named.role,
      presence: here !== null,
      members: [...ids].map(memberOf),
    })
  }

  /** Asks once who is named in the room. */
  const ask = (): void => {
    if (!link?.dialect.members || !watched || isShut) return
    const { session, dialect } = link
    const { key, roomId } = watched.room
    const end = listen(session, log, link.dialect.members.named(roomId), ({ role, members }) => {
      end()
      if (link?.dialect !== dialect || watched?.room.key !== key) return
      named = { role, people: new Map(members.map(member => [member.personId, member])) }
      tell()
    })
  }
  const listenForPresence = (): void => {
    if (!link?.dialect.members || !watched?.presence || isShut) return
    const presence = link.dialect.members.presence(watched.room.roomId)
    endPresence = listen(link.session, log, presence, people => {
      here = new Map(people.map(person => [person.personId, person.name]))
      tell()
    })
  }
  const stopListening = (): void => {
    endPresence()
    endPresence = () => undefined
    here = null
  }

  return {
    watch(next) {
      if (!watched && !next) return
      const isSame = watched?.room.key === next?.room.key
      stopListening()
      watched = next
      if (!isSame) {
        isShut = false
        named = null
        ask()
      }
      listenForPresence()
      tell()
    },
    online(session, dialect) {
      link = { session, dialect }
      ask()
      listenForPresence()
    },
    offline() {
      link = null
      named = null
      stopListening()
      if (watched) tell()
    },
    opened(room) {
      if (!isShut || watched?.room.key !== room) return
      isShut = false
      ask()
      listenForPresence()
    },
    shut(room) {
      if (isShut || watched?.room.key !== room) return
      isShut = true
      named = null
      stopListening()
      tell()
    },
    changed({ roomId, person, standing }) {
      if (!named || !watched) return
      const isHere = watched.room.roomId === roomId
      const isOut = standing === 'banned' || (standing === null && watched.room.kind !== 'public')
      if (person.personId === link?.dialect.personId) {
        // Who owns the first room of a host owns all public ones.
        if (!isHere || !isOut) ask()
        return
      }
      if (!isHere) return
      if (standing === null || (standing === 'banned' && named.role === 'member'))
        named.people.delete(person.personId)
      else if (named.people.has(person.personId) || named.people.size < mostPeople)
        named.people.set(person.personId, { name: person.name ?? '', standing })
      tell()
    },
  }
}

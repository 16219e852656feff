/** The people of the watched room: their roles, and their presence. */
import type { Member, Role, Room, RoomKey, Standing } from '../../contract/model.ts'
import { mostPeople, type MemberChange, type MembersDialect } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'

/** The watched room; outlives sessions. */
export interface Watch {
  room: Room
  /** Whether presence is wanted too. */
  presence: boolean
  /** Whether the server has excluded the person from the room, and reports nothing more about it. */
  isShut: boolean
}

export interface MembersOptions {
  session: Pick<Session, 'subscribe'>
  dialect: MembersDialect
  /** The person's id on the server. */
  personId: string | null
  state: Pick<KnownState, 'setMembers'>
  log: Log
}

/** The people with a role in the room, by id, and the person's own role. */
interface Named {
  role: Role
  people: Map<string, { name: string; standing: Standing }>
}

const ignore = (): void => undefined

/** Watches a room during one session. */
export class Members {
  readonly #options: MembersOptions
  #watched: Watch | null = null
  #isOver = false
  #named: Named | null = null
  /** Names of the present people by id; null while unknown. */
  #here: ReadonlyMap<string, string> | null = null
  #endPresence = ignore

  constructor(options: MembersOptions) {
    this.#options = options
  }

  /** Sets the watched room; null for none. */
  watch(next: Watch | null): void {
    const before = this.#watched
    this.#stopListening()
    this.#watched = next
    if (before?.room.key !== next?.room.key) {
      this.#named = null
      this.#ask()
    }
    this.#listenForPresence()
    if (before) this.#tell()
  }

  /** The person is in this room. If they had been excluded, asks for its people again. */
  opened(room: RoomKey): void {
    const watched = this.#watched
    if (watched?.room.key !== room || !watched.isShut) return
    watched.isShut = false
    this.#ask()
    this.#listenForPresence()
  }

  /** The server has excluded the person from the room. */
  shut(room: RoomKey): void {
    const watched = this.#watched
    if (watched?.room.key !== room || watched.isShut) return
    watched.isShut = true
    this.#named = null
    this.#stopListening()
    this.#tell()
  }

  changed({ roomId, person, standing }: MemberChange): void {
    const [named, watched] = [this.#named, this.#watched]
    if (!named || !watched) return
    const isHere = watched.room.roomId === roomId
    const isOut = standing === 'banned' || (standing === null && watched.room.kind !== 'public')
    if (person.personId === this.#options.personId) {
      // An owner of the host's first room owns all public rooms.
      if (!isHere || !isOut) this.#ask()
      return
    }
    if (!isHere) return
    if (standing === null || (standing === 'banned' && named.role === 'member'))
      named.people.delete(person.personId)
    else if (named.people.has(person.personId) || named.people.size < mostPeople)
      named.people.set(person.personId, { name: person.name ?? '', standing })
    this.#tell()
  }

  /** The session has ended: forgets everybody. */
  end(): void {
    this.#isOver = true
    this.#named = null
    this.#stopListening()
    if (this.#watched) this.#tell()
  }

  /** Asks once for the people with a role in the room. */
  #ask(): void {
    const { session, dialect, log } = this.#options
    const watched = this.#watched
    if (!watched || watched.isShut) return
    const end = listen(session, log, dialect.named(watched.room.roomId), ({ role, members }) => {
      end()
      if (this.#isOver || this.#watched?.room.key !== watched.room.key) return
      this.#named = { role, people: new Map(members.map(member => [member.personId, member])) }
      this.#tell()
    })
  }

  #listenForPresence(): void {
    const { session, dialect, log } = this.#options
    const watched = this.#watched
    if (!watched?.presence || watched.isShut) return
    this.#endPresence = listen(session, log, dialect.presence(watched.room.roomId), people => {
      this.#here = new Map(people.map(person => [person.personId, person.name]))
      this.#tell()
    })
  }

  #stopListening(): void {
    this.#endPresence()
    this.#endPresence = ignore
    this.#here = null
  }

  #tell(): void {
    const { state } = this.#options
    const [watched, named] = [this.#watched, this.#named]
    if (!watched || !named) {
      state.setMembers(null)
      return
    }
    const ids = new Set([...named.people.keys(), ...(this.#here?.keys() ?? [])])
    state.setMembers({
      room: watched.room.key,
      role: named.role,
      presence: this.#here !== null,
      members: [...ids].map(id => this.#memberOf(id)),
    })
  }

  #memberOf(id: string): Member {
    const known = this.#named?.people.get(id)
    return {
      personId: id,
      name: this.#here?.get(id) ?? known?.name ?? '',
      standing: known?.standing ?? null,
      here: this.#here?.has(id) ?? false,
      own: id === this.#options.personId,
    }
  }
}

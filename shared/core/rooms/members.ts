/** The people of one room on the screen, during one session: their roles, and their presence. */
import type { Member, Role, Room, Standing } from '../../contract/model.ts'
import { mostPeople, type MemberChange, type MembersDialect } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'

export interface MembersOptions {
  session: Pick<Session, 'subscribe'>
  dialect: MembersDialect
  /** The person's id on the server. */
  personId: string | null
  room: Pick<Room, 'key' | 'roomId' | 'kind'>
  state: Pick<KnownState, 'tellMembers'>
  log: Log
}

/** The people with a role in the room, by id, and the person's own role. */
interface Named {
  role: Role
  people: Map<string, { name: string; standing: Standing }>
}

const ignore = (): void => undefined

export class Members {
  readonly #options: MembersOptions
  #named: Named | null = null
  /** Names of the present people by id; null while unknown. */
  #here: ReadonlyMap<string, string> | null = null
  #endAsking = ignore
  /** Null while presence is not asked for. */
  #endPresence: (() => void) | null = null

  /** Requests the people with a standing in the room. */
  constructor(options: MembersOptions) {
    this.#options = options
    this.#ask()
  }

  /** Tells what is known now. @param presence whether a window shows the people who are present. */
  watch(presence: boolean): void {
    if (presence) this.#endPresence ??= this.#listenForPresence()
    else this.#forgetPresence()
    this.#tell()
  }

  /** A person's role in some room of the server has changed. */
  changed({ roomId, person, standing }: MemberChange): void {
    const { room, personId } = this.#options
    const named = this.#named
    if (!named) return
    const isHere = room.roomId === roomId
    const isOut = standing === 'banned' || (standing === null && room.kind !== 'public')
    if (person.personId === personId) {
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

  /** Ends all subscriptions. */
  end(): void {
    this.#endAsking()
    this.#forgetPresence()
  }

  #ask(): void {
    const { session, dialect, room, log } = this.#options
    this.#endAsking()
    const end = listen(session, log, dialect.named(room.roomId), ({ role, members }) => {
      this.#endAsking()
      this.#named = { role, people: new Map(members.map(member => [member.personId, member])) }
      this.#tell()
    })
    this.#endAsking = () => {
      this.#endAsking = ignore
      end()
    }
  }

  #listenForPresence(): () => void {
    const { session, dialect, room, log } = this.#options
    return listen(session, log, dialect.presence(room.roomId), people => {
      this.#here = new Map(people.map(person => [person.personId, person.name]))
      this.#tell()
    })
  }

  #forgetPresence(): void {
    this.#endPresence?.()
    this.#endPresence = null
    this.#here = null
  }

  #tell(): void {
    const { room, state } = this.#options
    const [named, here] = [this.#named, this.#here]
    if (!named) return
    const ids = new Set([...named.people.keys(), ...(here?.keys() ?? [])])
    state.tellMembers(room.key, {
      room: room.key,
      role: named.role,
      presence: here !== null,
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

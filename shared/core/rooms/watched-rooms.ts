/** The rooms on the screens during one session: their people, and the people who are typing there. */
import type { Message, Room, RoomKey } from '../../contract/model.ts'
import { isOpen } from '../../contract/window-commands.ts'
import type { Dialect, MemberChange } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { Members } from './members.ts'
import { Typists } from './typists.ts'
import type { Watches } from './watches.ts'

export interface WatchedRoomsOptions {
  session: Pick<Session, 'subscribe'>
  dialect: Pick<Dialect, 'members' | 'typing' | 'personId'>
  watches: Pick<Watches, 'level'>
  state: Pick<KnownState, 'tellMembers' | 'tellTyping'>
  clock: Clock
  log: Log
}

/** Null if the server does not tell. */
interface Watched {
  members: Members | null
  typists: Typists | null
}

export class WatchedRooms {
  readonly #options: WatchedRoomsOptions
  readonly #watched = new Map<RoomKey, Watched>()

  constructor(options: WatchedRoomsOptions) {
    this.#options = options
  }

  /** The person is in the room, or the windows watch it differently than before: requests what they need. */
  follow(room: Room): void {
    const level = this.#options.watches.level(room.key)
    if (!room.joined || !isOpen(level)) {
      this.#leave(room.key)
      return
    }
    const watched = this.#watched.get(room.key) ?? this.#begin(room)
    watched.members?.watch(level === 'people')
    watched.typists?.tell()
  }

  /** The person is no longer in the room. */
  shut(room: RoomKey): void {
    const isKnown = this.#watched.get(room)?.members
    this.#leave(room)
    if (isKnown) this.#options.state.tellMembers(room, null)
  }

  /** A person's role in a room has changed. */
  changed(change: MemberChange): void {
    for (const { members } of this.#watched.values()) members?.changed(change)
  }

  /** A message has arrived. */
  said({ room, senderId }: Message): void {
    this.#watched.get(room)?.typists?.said(senderId)
  }

  /** The session has ended. */
  end(): void {
    for (const room of [...this.#watched.keys()]) this.shut(room)
  }

  #begin(room: Room): Watched {
    const { session, dialect, state, clock, log } = this.#options
    const { members, typing, personId } = dialect
    const { key, roomId, kind } = room
    const watched = {
      // The two people of a direct room are known.
      members:
        members && kind !== 'direct'
          ? new Members({ session, dialect: members, personId, room, state, log })
          : null,
      typists:
        typing &&
        new Typists({
          session,
          dialect: typing,
          roomId,
          personId,
          onTyping: names => state.tellTyping(key, names),
          clock,
          log,
        }),
    }
    this.#watched.set(key, watched)
    return watched
  }

  #leave(room: RoomKey): void {
    const watched = this.#watched.get(room)
    this.#watched.delete(room)
    watched?.members?.end()
    watched?.typists?.end()
  }
}

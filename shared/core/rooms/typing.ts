/** Who is typing: what the server is told of the person, and what it tells of the others in the one room that is watched. */
import type { Message, Room, RoomKey } from '../../contract/model.ts'
import type { PersonName, TypingDialect } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'
import type { Watch } from './members.ts'

/** Milliseconds after which a person who goes on typing says so again; a host forgets them after 5 s. */
const pause = 3000
/** Milliseconds without news after which nobody is typing any more. */
const lastsFor = 6000

/** A room of which it is told who types there. It outlives the sessions. */
export type TypingWatch = Pick<Watch, 'room' | 'isShut'>

export interface TypingOptions {
  session: Pick<Session, 'send' | 'subscribe'>
  dialect: TypingDialect
  /** The person's id there. */
  personId: string | null
  state: Pick<KnownState, 'tellTyping'>
  clock: Clock
  log: Log
}

const ignore = (): void => undefined

/** Listens and tells over one session. */
export class Typing {
  readonly #options: TypingOptions
  /** The room in which the server takes the person to be typing. */
  #own: Room | null = null
  #cancelPause: (() => void) | null = null
  #watched: TypingWatch | null = null
  #others: PersonName[] = []
  #cancelEnd = ignore
  #stopListening = ignore

  constructor(options: TypingOptions) {
    this.#options = options
  }

  /** The person types in a room, or has stopped. Told now or never, and not every time. */
  set(room: Room, isTyping: boolean): void {
    if (!isTyping && this.#own?.key !== room.key) return
    if (!isTyping || (this.#own && this.#own.key !== room.key)) this.#stop()
    if (!isTyping || this.#cancelPause) return
    this.#own = room
    this.#say(room, true)
    this.#cancelPause = this.#options.clock.after(pause, () => (this.#cancelPause = null))
  }

  /** Tells who types in a room from now on; null for none. */
  watch(next: TypingWatch | null): void {
    if (next?.room.key === this.#watched?.room.key) return
    this.#deafen()
    this.#watched = next
    this.#listen()
  }

  /** The person is in this room. Where it was shut to them, they hear again who types there. */
  opened(room: RoomKey): void {
    const watched = this.#watched
    if (watched?.room.key !== room || !watched.isShut) return
    watched.isShut = false
    this.#listen()
  }

  /** The room is shut to the person: its server tells them nothing more of it. */
  shut(room: RoomKey): void {
    const watched = this.#watched
    if (watched?.room.key !== room || watched.isShut) return
    watched.isShut = true
    this.#deafen()
  }

  /** What somebody was typing is there. */
  said({ room, senderId }: Message): void {
    if (room !== this.#watched?.room.key) return
    const left = this.#others.filter(({ personId }) => personId !== senderId)
    if (left.length < this.#others.length) this.#become(left)
  }

  /** The session is over: nobody is typing any more. */
  end(): void {
    this.#own = null
    this.#endPause()
    this.#deafen()
  }

  #say({ roomId }: Room, isTyping: boolean): void {
    const { session, dialect } = this.#options
    // A refusal is nothing to be told of: what is typed is refused when it is sent.
    session.send(dialect.say(roomId, isTyping)).catch(ignore)
  }

  #stop(): void {
    if (this.#own) this.#say(this.#own, false)
    this.#own = null
    this.#endPause()
  }

  #endPause(): void {
    this.#cancelPause?.()
    this.#cancelPause = null
  }

  #listen(): void {
    const { session, dialect, personId, log } = this.#options
    if (!this.#watched || this.#watched.isShut) return
    this.#stopListening = listen(session, log, dialect.typists(this.#watched.room.roomId), typists =>
      this.#become(typists.filter(typist => typist.personId !== personId)),
    )
  }

  #deafen(): void {
    this.#stopListening()
    this.#stopListening = ignore
    this.#become([])
  }

  #become(next: PersonName[]): void {
    const { clock, state } = this.#options
    this.#cancelEnd()
    this.#cancelEnd = next.length > 0 ? clock.after(lastsFor, () => this.#become([])) : ignore
    if (!this.#watched || (next.length === 0 && this.#others.length === 0)) return
    this.#others = next
    state.tellTyping(
      this.#watched.room.key,
      next.map(({ name }) => name),
    )
  }
}

/** Typing notices: sends the person's own, and receives those of others in the watched room. */
import type { Message, Room, RoomKey } from '../../contract/model.ts'
import type { PersonName, TypingDialect } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'
import type { Watch } from './members.ts'

/** Milliseconds between repeated notices while the person keeps typing; a host forgets a notice after 5 s. */
const pause = 3000
/** Milliseconds after which a notice expires. */
const lastsFor = 6000

/** The watched room; outlives sessions. */
export type TypingWatch = Pick<Watch, 'room' | 'isShut'>

export interface TypingOptions {
  session: Pick<Session, 'send' | 'subscribe'>
  dialect: TypingDialect
  /** The person's id on the server. */
  personId: string | null
  state: Pick<KnownState, 'tellTyping'>
  clock: Clock
  log: Log
}

const ignore = (): void => undefined

/** Sends and receives notices during one session. */
export class Typing {
  readonly #options: TypingOptions
  /** The room in which the server thinks that the person is typing. */
  #own: Room | null = null
  #cancelPause: (() => void) | null = null
  #watched: TypingWatch | null = null
  #others: PersonName[] = []
  #cancelEnd = ignore
  #stopListening = ignore

  constructor(options: TypingOptions) {
    this.#options = options
  }

  /** The person is typing in a room, or has stopped. Sent at most once per interval, and never later. */
  set(room: Room, isTyping: boolean): void {
    if (!isTyping && this.#own?.key !== room.key) return
    if (!isTyping || (this.#own && this.#own.key !== room.key)) this.#stop()
    if (!isTyping || this.#cancelPause) return
    this.#own = room
    this.#say(room, true)
    this.#cancelPause = this.#options.clock.after(pause, () => (this.#cancelPause = null))
  }

  /** Sets the watched room; null for none. */
  watch(next: TypingWatch | null): void {
    if (next?.room.key === this.#watched?.room.key) return
    this.#deafen()
    this.#watched = next
    this.#listen()
  }

  /** The person is in this room. If they had been excluded, subscribes again. */
  opened(room: RoomKey): void {
    const watched = this.#watched
    if (watched?.room.key !== room || !watched.isShut) return
    watched.isShut = false
    this.#listen()
  }

  /** The server has excluded the person from the room. */
  shut(room: RoomKey): void {
    const watched = this.#watched
    if (watched?.room.key !== room || watched.isShut) return
    watched.isShut = true
    this.#deafen()
  }

  /** A person's message has arrived, so their notice ends. */
  said({ room, senderId }: Message): void {
    if (room !== this.#watched?.room.key) return
    const left = this.#others.filter(({ personId }) => personId !== senderId)
    if (left.length < this.#others.length) this.#become(left)
  }

  /** The session has ended: all notices end. */
  end(): void {
    this.#own = null
    this.#endPause()
    this.#deafen()
  }

  #say({ roomId }: Room, isTyping: boolean): void {
    const { session, dialect } = this.#options
    // Ignores refusals: the message itself will be refused when it is sent.
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

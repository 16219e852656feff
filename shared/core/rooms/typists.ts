/** The others who are typing in one room on the screen, during one session. */
import type { RoomId } from '../../contract/model.ts'
import type { PersonName, TypingDialect } from '../dialect/dialect.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'

/** Milliseconds after which a notice expires. */
const lastsFor = 6000

export interface TypistsOptions {
  session: Pick<Session, 'subscribe'>
  dialect: Pick<TypingDialect, 'typists'>
  roomId: RoomId
  /** The person's id on the server: their own notices are left out. */
  personId: string | null
  /** Receives the names of the people who are typing. */
  onTyping: (names: string[]) => void
  clock: Clock
  log: Log
}

const ignore = (): void => undefined

export class Typists {
  readonly #options: TypistsOptions
  readonly #stopListening: () => void
  #others: PersonName[] = []
  #cancelEnd = ignore

  constructor(options: TypistsOptions) {
    const { session, dialect, roomId, personId, log } = options
    this.#options = options
    this.#stopListening = listen(session, log, dialect.typists(roomId), typists =>
      this.#become(typists.filter(typist => typist.personId !== personId)),
    )
  }

  /** Repeats the current list, for a window that has just opened the room. */
  tell(): void {
    if (this.#others.length > 0) this.#options.onTyping(this.#others.map(({ name }) => name))
  }

  /** A person's message has arrived, so their notice ends. */
  said(senderId: string | null): void {
    const left = this.#others.filter(({ personId }) => personId !== senderId)
    if (left.length < this.#others.length) this.#become(left)
  }

  /** All notices end, and no more are taken. */
  end(): void {
    this.#stopListening()
    this.#become([])
  }

  #become(next: PersonName[]): void {
    const { clock, onTyping } = this.#options
    this.#cancelEnd()
    this.#cancelEnd = next.length > 0 ? clock.after(lastsFor, () => this.#become([])) : ignore
    if (next.length === 0 && this.#others.length === 0) return
    this.#others = next
    onTyping(next.map(({ name }) => name))
  }
}

/** The person's own typing notices. */
import type { Room } from '../../contract/model.ts'
import type { TypingDialect } from '../dialect/dialect.ts'
import type { Clock } from '../ports.ts'
import type { Session } from '../session/session.ts'

/** Milliseconds between repeated notices while the person keeps typing; a host forgets a notice after 5 s. */
const pause = 3000

export interface TypingOptions {
  session: Pick<Session, 'send'>
  dialect: Pick<TypingDialect, 'say'>
  clock: Clock
}

const ignore = (): void => undefined

/** Sends notices during one session. */
export class Typing {
  readonly #options: TypingOptions
  /** The room in which the server thinks that the person is typing. */
  #room: Room | null = null
  #cancelPause: (() => void) | null = null

  constructor(options: TypingOptions) {
    this.#options = options
  }

  /** The person is typing in a room, or has stopped. Sent at most once per interval, and never later. */
  set(room: Room, isTyping: boolean): void {
    if (!isTyping && this.#room?.key !== room.key) return
    if (!isTyping || (this.#room && this.#room.key !== room.key)) this.#stop()
    if (!isTyping || this.#cancelPause) return
    this.#room = room
    this.#say(room, true)
    this.#cancelPause = this.#options.clock.after(pause, () => (this.#cancelPause = null))
  }

  /** The session has ended, and the server knows it. */
  end(): void {
    this.#room = null
    this.#endPause()
  }

  #say({ roomId }: Room, isTyping: boolean): void {
    const { session, dialect } = this.#options
    // Ignores refusals: the message itself will be refused when it is sent.
    session.send(dialect.say(roomId, isTyping)).catch(ignore)
  }

  #stop(): void {
    if (this.#room) this.#say(this.#room, false)
    this.end()
  }

  #endPause(): void {
    this.#cancelPause?.()
    this.#cancelPause = null
  }
}

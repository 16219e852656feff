/** Who is typing: what the server is told of the person, and what it tells of the others in the one room that is watched. */
import type { Message, Room, RoomKey } from '../../contract/model.ts'
import type { Dialect, PersonName } from '../dialect/dialect.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Clock, Log } from '../ports.ts'
import type { Session } from '../session/session.ts'
import { listen } from './listen.ts'

/** Milliseconds after which who goes on typing says so again; a host forgets them after 5 s. */
const pause = 3000
/** Milliseconds without news after which nobody is typing any more. */
const lastsFor = 6000
export interface TypingOptions {
  state: Pick<KnownState, 'tellTyping'>
  clock: Clock
  log: Log
}

export interface Typing {
  /** The person types in a room, or has stopped. Told now or never, and not every time. */
  set(room: Room, isTyping: boolean): void
  /** Tells who types in a room from now on; null for none. */
  watch(room: Room | null): void
  /** The person is in this room. Where it was shut to them, they hear again who types there. */
  opened(room: RoomKey): void
  /** The room is shut to the person: its host tells them nothing more of it. */
  shut(room: RoomKey): void
  /** What somebody was typing is there. */
  said(message: Message): void
  /** There is a session, and what is spoken there. */
  online(session: Session, dialect: Dialect): void
  offline(): void
}

const ignore = (): void => undefined

export const createTyping = ({ state, clock, log }: TypingOptions): Typing => {
  let link: { session: Session; dialect: Dialect } | null = null
  /** The room in which the host takes the person to be typing. */
  let own: Room | null = null
  let cancelPause: (() => void) | null = null
  let watched: Room | null = null
  /** The host has ended what the person hears of the watched room. */
  let isShut = false
  let others: PersonName[] = []
  let cancelEnd = ignore
  let stopListening = ignore

  const say = ({ roomId }: Room, typing: boolean): void => {
    // A refusal is nothing to be told of: what is typed is refused when it is sent.
    if (link?.dialect.typing) link.session.send(link.dialect.typing.say(roomId, typing)).catch(ignore)
  }
  const startPause = (): void => {
    cancelPause = clock.after(pause, () => {
      cancelPause = null
    })
  }
  const endPause = (): void => {
    cancelPause?.()
    cancelPause = null
  }
  const stop = (): void => {
    if (own) say(own, false)
    own = null
    endPause()
  }

  const become = (next: PersonName[]): void => {
    cancelEnd()
    cancelEnd = next.length > 0 ? clock.after(lastsFor, () => become([])) : ignore
    if (!watched || (next.length === 0 && others.length === 0)) return
    others = next
    state.tellTyping(
      watched.key,
      next.map(({ name }) => name),
    )
  }

  const listenForTypists = (): void => {
    if (!link?.dialect.typing || !watched || isShut) return
    const { session, dialect } = link
    stopListening = listen(session, log, link.dialect.typing.typists(watched.roomId), typists =>
      become(typists.filter(({ personId }) => personId !== dialect.personId)),
    )
  }
  const deafen = (): void => {
    stopListening()
    stopListening = ignore
    become([])
  }

  return {
    set(room, isTyping) {
      if (!link?.dialect.typing || (!isTyping && own?.key !== room.key)) return
      if (!isTyping || (own && own.key !== room.key)) stop()
      if (!isTyping || cancelPause) return
      own = room
      say(room, true)
      startPause()
    },
    watch(room) {
      if (room?.key === watched?.key) return
      deafen()
      watched = room
      isShut = false
      listenForTypists()
    },
    opened(room) {
      if (!isShut || watched?.key !== room) return
      isShut = false
      listenForTypists()
    },
    shut(room) {
      if (isShut || watched?.key !== room) return
      isShut = true
      deafen()
    },
    said({ room, senderId }) {
      if (room !== watched?.key) return
      const left = others.filter(({ personId }) => personId !== senderId)
      if (left.length < others.length) become(left)
    },
    online(session, dialect) {
      link = { session, dialect }
      listenForTypists()
    },
    offline() {
      link = null
      own = null
      endPause()
      deafen()
    },
  }
}

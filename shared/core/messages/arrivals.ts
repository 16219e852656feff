/** What comes in from the rooms of one server: decoded, stored, and only then told. */
import type { AppError } from '../../contract/errors.ts'
import type { Message, RoomKey, ServerId, ServerKind } from '../../contract/model.ts'
import { decodeMessage } from '../dialect/codec.ts'
import { createEchoes } from './echoes.ts'
import type { ReceivedFrame } from '../dialect/error-frames.ts'
import { createInbox } from './inbox.ts'
import type { KnownState } from '../messenger-state.ts'
import type { Ports, Stored } from '../ports.ts'

export interface ArrivalsOptions {
  ports: Ports
  state: KnownState
  serverId: ServerId
  /** An own message was seen in its room, and that has changed it. */
  onOwn: (message: Message) => void
  /** A message is new. */
  onNew: (message: Message) => void
  /** As {@link import('./inbox.ts').InboxOptions.onFailing}. */
  onFailing: (error: AppError) => void
}

/** The other end of a session. */
interface Sender {
  kind: ServerKind
  /** The `senderId` of this person there; null where it is not known. */
  personId: string | null
}

export interface Arrivals {
  /** A MESSAGE of a room has come. @param onKept is called when it is stored. */
  take: (room: RoomKey, frame: ReceivedFrame, from: Sender, onKept: () => void) => void
  /** An own message goes to a server that may send it back without its id. */
  expectEcho: (message: Message) => void
  /** As {@link import('./inbox.ts').Inbox.flush}. */
  flush: () => Promise<void>
}

export const createArrivals = (options: ArrivalsOptions): Arrivals => {
  const { state, serverId } = options
  const { cache, clock, ids } = options.ports
  const echoes = createEchoes()

  const tell = (stored: Stored): void => {
    state.takeStored(stored)
    for (const { message, change } of stored.changed) {
      if (message.own) options.onOwn(message)
      if (change === 'new') options.onNew(message)
    }
  }
  const inbox = createInbox({ cache, onStored: tell, onFailing: options.onFailing })

  return {
    take(room, frame, { kind, personId }, onKept) {
      const name = state.person()?.name ?? ''
      const { login = null, timeZone = null } = state.server(serverId) ?? {}
      const context = { kind, room, name, personId, timeZone, now: clock.now(), nextId: () => ids.next() }
      const arrived = decodeMessage(frame, context)
      const names = login === null ? [name] : [name, login]
      inbox.add(kind === 'stomp' ? echoes.recognise(arrived, { names }) : arrived, onKept)
    },
    expectEcho: message => echoes.sent(message, clock.now()),
    flush: () => inbox.flush(),
  }
}

/** The parts of the host that the `/app/…` destinations use. */
import type { Broker } from '../../broker/broker.ts'
import type { Client, IncomingMessage, OutgoingMessage } from '../../broker/options/hooks.ts'
import type { Access } from '../rooms/access.ts'
import type { Failure } from '../../../shared/contract/errors.ts'
import type { FileParts } from '../files/open.ts'
import type { Turns } from '../limits/turns.ts'
import type { KnownPeople } from '../rooms/known-people.ts'
import type { Fanout } from '../ports/fanout.ts'
import type { Presence } from '../ports/presence.ts'
import type { RoomEvents } from '../rooms/room-events.ts'
import type { GroupCommit } from '../rooms/group-commit.ts'
import type { Rooms } from '../rooms/rooms.ts'
import type { Tails } from '../rooms/tails.ts'
import type { Typing } from '../rooms/typing.ts'

export interface AppContext {
  readonly known: KnownPeople
  /** Requests that change rooms or people run one after another. */
  readonly turns: Turns
  /** @returns an error from a port as one that a person understands. */
  readonly failure: (thrown: unknown) => Failure
  readonly rooms: Rooms
  readonly access: Access
  readonly presence: Presence
  readonly fanout: Fanout
  readonly events: RoomEvents
  readonly typing: Typing
  /** The queues and streams of clients. */
  readonly destinations: Pick<Broker, 'openedDestinations' | 'removeDestination'>
  readonly messages: GroupCommit
  readonly tails: Tails
  readonly files: FileParts
}

/** Carries out a SEND; its RECEIPT is sent when this resolves. Throws RefusedError. */
export type SendHandler = (
  context: AppContext,
  client: Client,
  message: IncomingMessage,
) => void | Promise<void>

/**
 * Answers a SUBSCRIBE once. Throws RefusedError. @param parameter the part of the destination behind the first dot;
 * empty without one.
 */
export type SubscribeHandler = (context: AppContext, client: Client, parameter: string) => OutgoingMessage[]

/** What the `/app/…` destinations work with. */
import type { Client, IncomingMessage, OutgoingMessage } from '../../broker/hooks.ts'
import type { History } from '../history/history.ts'
import type { Rooms } from '../rooms.ts'

export interface AppContext {
  readonly history: History
  readonly rooms: Rooms
  /** Broadcasts; `offset` is the message's place in the history of a destination that keeps one. */
  readonly publish: (destination: string, message: OutgoingMessage & { offset?: number }) => void
}

/** Carries out a SEND; its RECEIPT is given when this resolves. Throws RefusedError. */
export type SendHandler = (
  context: AppContext,
  client: Client,
  message: IncomingMessage,
) => void | Promise<void>

/** Answers a SUBSCRIBE, once. */
export type SubscribeHandler = (context: AppContext, client: Client) => OutgoingMessage[]

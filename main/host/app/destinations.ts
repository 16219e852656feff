/** The host's `/app/…` destinations: the one table of them. */
import type { Client, IncomingMessage, OutgoingMessage } from '../../broker/hooks.ts'
import { refused } from '../refusal.ts'
import { sendChatMessage } from './chat-message.ts'
import type { AppContext, SendHandler, SubscribeHandler } from './context.ts'
import { createRoom } from './create-room.ts'
import { listRooms } from './list-rooms.ts'

const sends: ReadonlyMap<string, SendHandler> = new Map([
  ['/app/chat/message', sendChatMessage],
  ['/app/room/create', createRoom],
])

const subscriptions: ReadonlyMap<string, SubscribeHandler> = new Map([['/app/rooms', listRooms]])

const find = <Handler>(verb: string, table: ReadonlyMap<string, Handler>, destination: string): Handler => {
  const handler = table.get(destination)
  if (handler) return handler
  throw refused('not-found', `${verb} ${destination}: there is ${[...table.keys()].join(', ')}`)
}

/** Carries out a SEND to `/app/…`. @throws {RefusedError} */
export const handleSend = (
  context: AppContext,
  client: Client,
  message: IncomingMessage,
): void | Promise<void> => find('SEND', sends, message.destination)(context, client, message)

/** Answers a SUBSCRIBE to `/app/…`. @throws {RefusedError} */
export const handleSubscribe = (
  context: AppContext,
  client: Client,
  destination: string,
): OutgoingMessage[] => find('SUBSCRIBE', subscriptions, destination)(context, client)

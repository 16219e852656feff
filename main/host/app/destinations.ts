/** The table of the host's `/app/…` destinations. */
import {
  archivedAnswer,
  directoryAnswer,
  membersAnswer,
  queuesAnswer,
} from '../../../shared/protocol/destinations.ts'
import type { RequestDestination } from '../../../shared/protocol/requests.ts'
import type { Client, IncomingMessage, OutgoingMessage } from '../../broker/options/hooks.ts'
import { refused } from '../wire/refusal.ts'
import { archiveRoom } from './archive-room.ts'
import { banPerson } from './ban-person.ts'
import { sendChatMessage } from './chat-message.ts'
import type { AppContext, SendHandler, SubscribeHandler } from './context.ts'
import { createRoom } from './create-room.ts'
import { deleteMessage } from './delete-message.ts'
import { deleteQueue, listQueues } from './queues.ts'
import { deleteRoom } from './delete-room.ts'
import { directRoom } from './direct-room.ts'
import { createFile, openFile } from './file-requests.ts'
import { freeName } from './free-name.ts'
import { invitePerson } from './invite-person.ts'
import { listMembers } from './list-members.ts'
import { listArchivedRooms, listRooms } from './list-rooms.ts'
import { removePerson } from './remove-person.ts'
import { renameRoom } from './rename-room.ts'
import { setRole } from './set-role.ts'
import { tellTyping } from './typing.ts'

const sends: Readonly<Record<RequestDestination, SendHandler>> = {
  '/app/chat/message': sendChatMessage,
  '/app/chat/delete': deleteMessage,
  '/app/name/free': freeName,
  '/app/typing': tellTyping,
  '/app/room/create': createRoom,
  '/app/room/direct': directRoom,
  '/app/room/rename': renameRoom,
  '/app/room/archive': archiveRoom,
  '/app/room/delete': deleteRoom,
  '/app/room/invite': invitePerson,
  '/app/room/remove': removePerson,
  '/app/room/role': setRole,
  '/app/room/ban': banPerson,
  '/app/file/create': createFile,
  '/app/file/open': openFile,
  '/app/queue/delete': deleteQueue,
}

const sendHandlers: ReadonlyMap<string, SendHandler> = new Map(Object.entries(sends))

/** The part of a destination behind the first dot is its parameter. */
const subscriptions: ReadonlyMap<string, SubscribeHandler> = new Map([
  [directoryAnswer, listRooms],
  [archivedAnswer, listArchivedRooms],
  [membersAnswer, listMembers],
  [queuesAnswer, listQueues],
])

/** SENDs that may run at the same time; all others may change what the next one depends on. */
const overlapping: ReadonlySet<string> = new Set<RequestDestination>([
  '/app/chat/message',
  '/app/chat/delete',
  '/app/typing',
])

/** @returns whether the peer's next frames wait until a SEND to this destination has finished. */
export const isSequential = (destination: string): boolean => !overlapping.has(destination)

const find = <Handler>(verb: string, table: ReadonlyMap<string, Handler>, destination: string): Handler => {
  const handler = table.get(destination)
  if (handler) return handler
  throw refused('not-found', `${verb} ${destination}: the destinations are ${[...table.keys()].join(', ')}`)
}

/** Carries out a SEND to `/app/…`. @throws {RefusedError} */
export const handleSend = (
  context: AppContext,
  client: Client,
  message: IncomingMessage,
): void | Promise<void> => find('SEND', sendHandlers, message.destination)(context, client, message)

/** Answers a SUBSCRIBE to `/app/…`. @throws {RefusedError} */
export const handleSubscribe = (
  context: AppContext,
  client: Client,
  destination: string,
): OutgoingMessage[] => {
  const [name = '', ...parameter] = destination.split('.')
  return find('SUBSCRIBE', subscriptions, name)(context, client, parameter.join('.'))
}

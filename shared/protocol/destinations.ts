/** The destinations on which a client hears a host; it sends to those of {@link import('./requests.ts').requests}. */

/** Answers once with the rooms that the person may see. */
export const directoryAnswer = '/app/rooms'
/** Answers once with the archived rooms. */
export const archivedAnswer = '/app/rooms/archived'
/** Answers once with the people of a room; a dot and the room's id follow. */
export const membersAnswer = '/app/members'
/** Answers an owner of the host once with the queues and streams that clients have opened. */
export const queuesAnswer = '/app/queues'

/** Changes of public rooms. */
export const directoryDestination = '/topic/rooms'
/** Changes of other rooms, and of people. */
export const ownRoomsDestination = '/user/queue/rooms'
/** Answers to requests about rooms. */
export const repliesDestination = '/user/queue/replies'
/** Refusals; without a subscription to it a refusal is an ERROR. */
export const refusalsDestination = '/user/queue/errors'

/** The prefix of a room's id, for each thing that is heard there. */
const prefixes = { messages: '/topic/room.', presence: '/topic/presence.', typing: '/topic/typing.' } as const

/** @returns the destination that answers with the people of a room. */
export const membersDestination = (roomId: string): string => `${membersAnswer}.${roomId}`
/** @returns the destination of a room's messages. */
export const roomDestination = (roomId: string): string => prefixes.messages + roomId
/** @returns the destination of a room's presence. */
export const presenceDestination = (roomId: string): string => prefixes.presence + roomId
/** @returns the destination of a room's typing. */
export const typingDestination = (roomId: string): string => prefixes.typing + roomId
/** @returns all destinations of a room. */
export const destinationsOf = (roomId: string): string[] =>
  Object.values(prefixes).map(prefix => prefix + roomId)

const after = (prefix: string, destination: string): string | null =>
  destination.startsWith(prefix) ? destination.slice(prefix.length) : null

/** @returns the room whose messages this destination has; null for other destinations. */
export const roomOfMessages = (destination: string): string | null => after(prefixes.messages, destination)
/** @returns the room whose presence this destination has; null for other destinations. */
export const roomOfPresence = (destination: string): string | null => after(prefixes.presence, destination)

/** @returns the room that this destination belongs to; null for other destinations. */
export const roomOf = (destination: string): string | null =>
  roomOfMessages(destination) ?? roomOfPresence(destination) ?? after(prefixes.typing, destination)

/** @returns whether only the host may send to this destination. */
export const isHostsOwn = (destination: string): boolean =>
  destination === directoryDestination || roomOf(destination) !== null

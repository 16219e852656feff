/** Where a client listens to a host; the destinations that it sends to are those of {@link import('./requests.ts').requests}. */

/** Answers once with the rooms that the person may see. */
export const directoryAnswer = '/app/rooms'
/** Answers once with the archived ones. */
export const archivedAnswer = '/app/rooms/archived'
/** Answers once with the people of a room; a dot and the room's id follow. */
export const membersAnswer = '/app/members'
/** Answers an owner of the host once with the queues and streams that clients have opened. */
export const queuesAnswer = '/app/queues'

/** What becomes of public rooms. */
export const directoryDestination = '/topic/rooms'
/** What becomes of other rooms, and of people. */
export const ownRoomsDestination = '/user/queue/rooms'
/** Answers to requests about rooms. */
export const repliesDestination = '/user/queue/replies'
/** Refusals; without a subscription to it a refusal is an ERROR. */
export const refusalsDestination = '/user/queue/errors'

/** What comes before the id of a room, by what is heard there. */
const prefixes = { messages: '/topic/room.', presence: '/topic/presence.', typing: '/topic/typing.' } as const

/** @returns where the people of a room are asked for. */
export const membersDestination = (roomId: string): string => `${membersAnswer}.${roomId}`
/** @returns where what is said in a room is heard. */
export const roomDestination = (roomId: string): string => prefixes.messages + roomId
/** @returns the destination of a room's presence. */
export const presenceDestination = (roomId: string): string => prefixes.presence + roomId
/** @returns where it is told who types in a room. */
export const typingDestination = (roomId: string): string => prefixes.typing + roomId
/** @returns all destinations on which something of a room is heard. */
export const destinationsOf = (roomId: string): string[] =>
  Object.values(prefixes).map(prefix => prefix + roomId)

const after = (prefix: string, destination: string): string | null =>
  destination.startsWith(prefix) ? destination.slice(prefix.length) : null

/** @returns the room whose messages are heard there; null where it is something else. */
export const roomOfMessages = (destination: string): string | null => after(prefixes.messages, destination)
/** @returns the room whose presence is told there; null where it is something else. */
export const roomOfPresence = (destination: string): string | null => after(prefixes.presence, destination)

/** @returns the room of which anything is heard there; null where it is something else. */
export const roomOf = (destination: string): string | null =>
  roomOfMessages(destination) ?? roomOfPresence(destination) ?? after(prefixes.typing, destination)

/** @returns whether only the host itself speaks there. */
export const isHostsOwn = (destination: string): boolean =>
  destination === directoryDestination || roomOf(destination) !== null

/** The destinations on which a room is heard. */
import type { RoomKind } from '../../../shared/contract/model.ts'
import type { Client } from '../../broker/options/hooks.ts'
import { isPattern, matcher } from '../../broker/destinations/topic-pattern.ts'

const messages = '/topic/room.'
const presence = '/topic/presence.'
const typing = '/topic/typing.'

const after = (prefix: string, destination: string): string | null =>
  destination.startsWith(prefix) ? destination.slice(prefix.length) : null

/** @returns where a room's messages are broadcast. */
export const roomDestination = (roomId: string): string => messages + roomId
export const presenceDestination = (roomId: string): string => presence + roomId
export const typingDestination = (roomId: string): string => typing + roomId

/** @returns the room whose messages are heard there; null where it is something else. */
export const roomOfMessages = (destination: string): string | null => after(messages, destination)
export const roomOfPresence = (destination: string): string | null => after(presence, destination)

/** @returns the room of which anything is heard there; null where it is something else. */
export const roomOf = (destination: string): string | null =>
  roomOfMessages(destination) ?? roomOfPresence(destination) ?? after(typing, destination)

/** @returns whether a client hears the messages of a room, by its name or, where it is public, by a wildcard. */
export const hears = (
  client: Pick<Client, 'subscribes' | 'destinations'>,
  { roomId, kind }: { roomId: string; kind: RoomKind },
): boolean => {
  const destination = roomDestination(roomId)
  if (client.subscribes(destination)) return true
  return (
    kind === 'public' && client.destinations().some(each => isPattern(each) && matcher(each)(destination))
  )
}

/** @returns whether a subscription there gets something of this room; wildcards count. */
export const covers = (destination: string, roomId: string): boolean => {
  if (!isPattern(destination)) return roomOf(destination) === roomId
  const matches = matcher(destination)
  return [messages, presence, typing].some(prefix => matches(prefix + roomId))
}

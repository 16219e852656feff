/** The logs of the rooms as the broker's streams. */
import type { StreamStore } from '../../broker/options/hooks.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { jsonHeaders } from '../wire/json-body.ts'
import { roomOfMessages } from '../../../shared/protocol/destinations.ts'
import type { Rooms } from './rooms.ts'

/** @returns a store of the histories that are heard on the rooms' destinations. */
export const roomStreams = (log: RoomLog, rooms: Pick<Rooms, 'find'>): StreamStore => {
  /** The broker asks for no other destination. */
  const roomOf = (destination: string): string => roomOfMessages(destination) ?? ''
  return {
    has: destination => rooms.find(roomOf(destination)) !== undefined,
    bounds: destination => log.bounds(roomOf(destination)),
    read: async (destination, offset, limit) => {
      const messages = await log.read(roomOf(destination), offset, limit)
      return messages.map(({ reachedAt, ...message }) => ({
        ...message,
        timestamp: reachedAt,
        headers: jsonHeaders,
      }))
    },
    offsetAt: (destination, timestamp) => log.offsetAt(roomOf(destination), timestamp),
  }
}

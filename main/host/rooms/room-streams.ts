/** The rooms' logs as streams of the broker. */
import type { StreamEntry, StreamStore } from '../../broker/options/hooks.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { jsonHeaders } from '../wire/json-body.ts'
import { roomOfMessages } from '../../../shared/protocol/destinations.ts'
import type { Rooms } from './rooms.ts'
import type { Tails } from './tails.ts'

/** The most pages that are shared within one tick. */
const mostPages = 64

/** @returns a store that serves the rooms' histories on their destinations. */
export const roomStreams = (
  log: Pick<RoomLog, 'bounds' | 'read' | 'offsetAt'>,
  rooms: Pick<Rooms, 'find'>,
  tails: Pick<Tails, 'next'>,
): StreamStore => {
  /** The broker asks for rooms' destinations only. */
  const roomOf = (destination: string): string => roomOfMessages(destination) ?? ''
  /** Pages read in this tick: when a network comes back, many clients request the same ones. */
  const pages = new Map<string, Promise<StreamEntry[]>>()

  const read = async (roomId: string, offset: number, limit: number): Promise<StreamEntry[]> => {
    const messages = await log.read(roomId, offset, limit)
    return messages.map(message => ({
      offset: message.offset,
      body: message.body,
      timestamp: message.reachedAt,
      headers: jsonHeaders,
    }))
  }
  const keep = (key: string, page: Promise<StreamEntry[]>): Promise<StreamEntry[]> => {
    if (pages.size === 0) setImmediate(() => pages.clear())
    if (pages.size < mostPages) pages.set(key, page)
    return page
  }

  return {
    has: destination => rooms.find(roomOf(destination)) !== undefined,
    bounds: destination => log.bounds(roomOf(destination)),
    read: (destination, offset, limit) => {
      const roomId = roomOf(destination)
      // Every addition and change moves the room's tail before it is broadcast, so later reads use another key.
      const key = `${tails.next(roomId)} ${offset} ${limit} ${roomId}`
      return pages.get(key) ?? keep(key, read(roomId, offset, limit))
    },
    offsetAt: (destination, timestamp) => log.offsetAt(roomOf(destination), timestamp),
  }
}

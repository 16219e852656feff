/** Publishes to the topics of a room: for a public room to everybody, for any other room never to wildcards. */
import { roomDestination } from '../../../shared/protocol/destinations.ts'
import type { Fanout } from '../ports/fanout.ts'
import { jsonHeaders, jsonMessage } from '../wire/json-body.ts'
import type { Room, Rooms } from './rooms.ts'

export interface RoomFanout {
  /** Broadcasts a message that is in the room's log. */
  broadcast: (room: Room, message: { offset: number; body: Uint8Array }) => void
  /** @returns whether this topic of the room has listeners. */
  hasListeners(roomId: string, destination: string): boolean
  /** Publishes an event on a topic of the room; does nothing if there is no such room. */
  publish(roomId: string, destination: string, event: unknown): void
}

export const createRoomFanout = (
  fanout: Pick<Fanout, 'publish' | 'hasListeners'>,
  rooms: Pick<Rooms, 'find'>,
): RoomFanout => ({
  broadcast: ({ roomId, kind }, { offset, body }) => {
    const byNameOnly = kind !== 'public'
    fanout.publish(roomDestination(roomId), { headers: jsonHeaders, body, offset, byNameOnly })
  },
  hasListeners: (roomId, destination) =>
    fanout.hasListeners(destination, rooms.find(roomId)?.kind !== 'public'),
  publish: (roomId, destination, event) => {
    const room = rooms.find(roomId)
    if (room) fanout.publish(destination, { ...jsonMessage(event), byNameOnly: room.kind !== 'public' })
  },
})

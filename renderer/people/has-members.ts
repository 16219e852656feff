import type { Room, ServerProfile } from '../../shared/contract/model.ts'

/** @returns whether the people of a room can be told: on a Stompbox host, but of rooms for two, where they are known. */
export const hasMembers = (room: Room, servers: readonly ServerProfile[]): boolean =>
  room.kind !== 'direct' && servers.find(({ id }) => id === room.serverId)?.kind === 'stompbox'

import { offers, type Room, type ServerProfile } from '../../shared/contract/model.ts'

/** @returns whether the people of a room can be told: where the server tells them, but of rooms for two, where they are known. */
export const hasMembers = (
  room: Pick<Room, 'serverId' | 'kind'>,
  servers: readonly ServerProfile[],
): boolean =>
  room.kind !== 'direct' &&
  offers(
    servers.find(({ id }) => id === room.serverId),
    'members',
  ) === true

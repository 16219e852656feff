/** Commands about rooms. */
import type { Handlers } from '../../contract/command.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import type { Room, RoomKey } from '../../contract/model.ts'
import type { MessengerContext } from './messenger-context.ts'

type RoomCommands = Pick<
  Handlers<typeof messengerCommands>,
  | 'createRoom'
  | 'renameRoom'
  | 'archiveRoom'
  | 'deleteRoom'
  | 'openDirectRoom'
  | 'retryRoom'
  | 'joinRoom'
  | 'leaveRoom'
  | 'markRead'
  | 'saveDraft'
>

export const createRoomCommands = (context: MessengerContext): RoomCommands => {
  const { ports, state } = context
  const { cache } = ports

  const setJoined = async (key: RoomKey, joined: boolean): Promise<Room> => {
    const { serverId, roomId, kind, name, topic, personId, archived } = context.room(key)
    const absence = joined ? null : 'left'
    const room = await cache.saveRoom({
      serverId,
      roomId,
      kind,
      name,
      topic,
      personId,
      archived,
      joined,
      absence,
    })
    state.putRoom(room)
    return room
  }

  return {
    async createRoom({ serverId, ...wanted }) {
      const room = await context.link(serverId).createRoom(wanted)
      return room.key
    },
    async renameRoom({ room, name, topic }) {
      const { serverId, roomId } = context.room(room)
      await context.link(serverId).request({ verb: 'rename', roomId, name, topic })
      return null
    },
    async archiveRoom({ room, archived }) {
      const { serverId, roomId } = context.room(room)
      await context.link(serverId).request({ verb: 'archive', roomId, archived })
      return null
    },
    async deleteRoom({ room }) {
      const { serverId, roomId } = context.room(room)
      await context.link(serverId).request({ verb: 'delete', roomId })
      return null
    },
    async openDirectRoom({ serverId, personId }) {
      const room = await context.link(serverId).openDirectRoom(personId)
      return room.key
    },
    retryRoom({ room: key }) {
      const room = context.room(key)
      context.link(room.serverId).retryRoom(room)
      return Promise.resolve(null)
    },
    async joinRoom({ room: key }) {
      const room = await setJoined(key, true)
      context.link(room.serverId).joined(room)
      return null
    },
    async leaveRoom({ room: key }) {
      const { serverId, roomId, kind } = context.room(key)
      const link = context.link(serverId)
      const personId = link.personId()
      if (kind === 'private' && personId !== null) {
        // The host has the list of members, and announces that the room is gone.
        await link.request({ verb: 'remove', roomId, personId })
      } else {
        await setJoined(key, false)
        link.left(key)
      }
      return null
    },
    async markRead({ room, upTo }) {
      state.putRoom(await cache.markRead(context.room(room).key, upTo))
      return null
    },
    async saveDraft({ room, text }) {
      state.putRoom(await cache.saveDraft(context.room(room).key, text))
      return null
    },
  }
}

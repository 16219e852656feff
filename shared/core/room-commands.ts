/** Commands about rooms. */
import type { Handlers } from '../contract/command.ts'
import type { messengerCommands } from '../contract/messenger-commands.ts'
import type { Room, RoomKey } from '../contract/model.ts'
import type { MessengerContext } from './messenger-context.ts'

type RoomCommands = Pick<
  Handlers<typeof messengerCommands>,
  'createRoom' | 'joinRoom' | 'leaveRoom' | 'markRead' | 'saveDraft'
>

export const createRoomCommands = (context: MessengerContext): RoomCommands => {
  const { ports, state } = context
  const { cache } = ports

  const setJoined = async (key: RoomKey, joined: boolean): Promise<Room> => {
    const { serverId, roomId, kind, name, topic, personId } = context.room(key)
    const room = await cache.saveRoom({ serverId, roomId, kind, name, topic, personId, joined })
    state.putRoom(room)
    return room
  }

  return {
    async createRoom({ serverId, name }) {
      const room = await context.link(serverId).createRoom(name)
      return room.key
    },
    async joinRoom({ room: key }) {
      const room = await setJoined(key, true)
      context.link(room.serverId).joined(room)
      return null
    },
    async leaveRoom({ room: key }) {
      const room = await setJoined(key, false)
      context.link(room.serverId).left(key)
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

/** Commands about the people of a room. */
import type { Handlers } from '../../contract/command.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import type { Room, RoomKey } from '../../contract/model.ts'
import type { MessengerContext } from './messenger-context.ts'
import type { RoomRequest } from '../dialect/dialect.ts'

type MemberCommands = Pick<
  Handlers<typeof messengerCommands>,
  'inviteMember' | 'removeMember' | 'setRole' | 'banMember'
>

export const createMemberCommands = (context: MessengerContext): MemberCommands => {
  const request = async (key: RoomKey, ask: (room: Pick<Room, 'roomId'>) => RoomRequest): Promise<null> => {
    const { serverId, roomId } = context.room(key)
    await context.link(serverId).request(ask({ roomId }))
    return null
  }

  return {
    inviteMember: ({ room, name }) => request(room, at => ({ verb: 'invite', ...at, name })),
    removeMember: ({ room, personId }) => request(room, at => ({ verb: 'remove', ...at, personId })),
    setRole: ({ room, personId, role }) => request(room, at => ({ verb: 'role', ...at, personId, role })),
    banMember: ({ room, personId, banned }) =>
      request(room, at => ({ verb: 'ban', ...at, personId, banned })),
  }
}

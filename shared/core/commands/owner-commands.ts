/** Commands for owners of a Stompbox host. */
import type { Handlers } from '../../contract/command.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import type { MessengerContext } from './messenger-context.ts'

type OwnerCommands = Pick<Handlers<typeof messengerCommands>, 'freeName' | 'deleteQueue'>

export const createOwnerCommands = (context: MessengerContext): OwnerCommands => ({
  async freeName({ serverId, name }) {
    await context.link(serverId).freeName(name)
    return null
  },
  async deleteQueue({ serverId, destination }) {
    await context.link(serverId).deleteQueue(destination)
    return null
  },
})

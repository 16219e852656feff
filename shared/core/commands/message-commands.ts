/** Commands about messages. */
import type { Handlers } from '../../contract/command.ts'
import { Failure } from '../../contract/errors.ts'
import type { messengerCommands } from '../../contract/messenger-commands.ts'
import { chatType, messageIdSchema } from '../../contract/model.ts'
import type { MessengerContext } from './messenger-context.ts'

type MessageCommands = Pick<
  Handlers<typeof messengerCommands>,
  | 'sendMessage'
  | 'retryMessage'
  | 'discardMessage'
  | 'deleteMessage'
  | 'setTyping'
  | 'listMessages'
  | 'searchMessages'
>

export const createMessageCommands = (context: MessengerContext): MessageCommands => {
  const { ports, state } = context
  const { cache, clock, ids } = ports

  return {
    async sendMessage({ room: key, content }) {
      const target = context.room(key)
      const { serverId, roomId } = target
      const link = context.link(serverId)
      link.setTyping(target, false)
      const now = clock.now()
      const id = messageIdSchema.parse(ids.next())
      const stored = await cache.queueMessage({
        room: key,
        id,
        type: chatType,
        sender: context.person().name,
        senderId: link.personId(),
        content,
        sentAt: now,
        receivedAt: now,
        offset: null,
        own: true,
        mentionsMe: false,
        extra: null,
      })
      state.takeStored(stored)
      for (const { message } of stored.changed) link.sendQueued({ message, serverId, roomId, attempts: 0 })
      return id
    },

    async retryMessage({ room, id }) {
      const { serverId } = context.room(room)
      const stored = await cache.setDelivery(room, id, 'queued')
      if (!stored) throw new Failure('not-found')
      state.takeStored(stored)
      const waiting = await cache.listOutbox(serverId)
      const entry = waiting.find(each => each.message.room === room && each.message.id === id)
      if (!entry) return null
      // Its first copy may still be in flight, unconfirmed.
      context.link(serverId).outbox.settle(room, id)
      context.link(serverId).sendQueued(entry)
      return null
    },

    async discardMessage({ room: key, id }) {
      const { serverId } = context.room(key)
      const stored = await cache.discardMessage(key, id)
      context.link(serverId).outbox.settle(key, id)
      state.takeStored(stored)
      return null
    },

    async deleteMessage({ room, id }) {
      const { serverId, roomId } = context.room(room)
      const { messages } = await cache.listMessages({ room, around: id, limit: 1 })
      const message = messages.find(each => each.id === id)
      if (!message) throw new Failure('not-found')
      await context.link(serverId).deleteMessage(roomId, message)
      return null
    },

    setTyping({ room: key, typing }) {
      const room = context.room(key)
      context.link(room.serverId).setTyping(room, typing)
      return Promise.resolve(null)
    },

    listMessages: query => cache.listMessages(query),
    searchMessages: query => cache.searchMessages(query),
  }
}

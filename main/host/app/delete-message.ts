/** SEND `/app/chat/delete`: a message's text goes; a tombstone stays in its place. For its sender, and for moderators. */
import { deletedType, deletionType, stampedSchema } from '../../../shared/protocol/messages.ts'
import type { RequestBody } from '../../../shared/protocol/requests.ts'
import { rankOf } from '../rooms/access.ts'
import { makeMessageId } from '../../../shared/protocol/message-id.ts'
import { refused } from '../wire/refusal.ts'
import type { Deletion, FoundMessage } from '../ports/room-log.ts'
import type { SendHandler } from './context.ts'
import { parseRequest } from '../wire/json-body.ts'

const targetOf = ({ offset, id }: RequestBody<'/app/chat/delete'>): Deletion['target'] => {
  if (typeof offset === 'number') return { offset }
  if (id) return { messageId: id }
  throw refused('input-invalid', 'offset: say which message is meant, by offset or by id')
}

const tombstoneOf = ({ messageId, body }: FoundMessage, roomId: string): string => {
  const { type, ...kept } = stampedSchema.parse(JSON.parse(Buffer.from(body).toString()))
  if (type === deletionType) throw refused('input-invalid', 'a deletion can’t be deleted')
  return JSON.stringify({ roomId, id: messageId, type: deletedType, ...kept })
}

export const deleteMessage: SendHandler = ({ access, messages }, { principal }, message) => {
  const body = parseRequest('/app/chat/delete', message.body)
  const { id: senderId, name: sender } = principal
  const { roomId } = body
  const room = access.readable(roomId, senderId)
  const id = makeMessageId()
  const erase: Deletion['erase'] = found => {
    if (!found) throw refused('not-found', 'there is no such message in the room')
    if (found.senderId !== senderId && rankOf(access.roleIn(room, senderId)) < rankOf('moderator'))
      throw refused('not-allowed', 'only its sender or a moderator deletes a message')
    if (found.erased) return null
    const announcement = {
      roomId,
      id,
      type: deletionType,
      target: found.messageId,
      targetOffset: found.offset,
    }
    return {
      tombstone: tombstoneOf(found, roomId),
      body: sentAt =>
        JSON.stringify({ ...announcement, sender, senderId, sentAt: new Date(sentAt).toISOString() }),
    }
  }
  return messages.append(room, { roomId, senderId, messageId: id, target: targetOf(body), erase })
}

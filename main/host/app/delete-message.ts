/** SEND `/app/chat/delete`: replaces a message by a tombstone. */
import { makeMessageId } from '../../../shared/protocol/message-id.ts'
import type { RequestBody } from '../../../shared/protocol/requests.ts'
import type { NewRelation } from '../ports/room-log.ts'
import { rankOf } from '../rooms/access.ts'
import { parseRequest } from '../wire/json-body.ts'
import { refused } from '../wire/refusal.ts'
import type { SendHandler } from './context.ts'

const targetOf = ({ offset, id }: RequestBody<'/app/chat/delete'>): NewRelation['target'] => {
  if (typeof offset === 'number') return { offset }
  if (id) return { messageId: id }
  throw refused('input-invalid', 'offset: name the message by offset or by id')
}

export const deleteMessage: SendHandler = ({ access, messages }, { principal }, message) => {
  const body = parseRequest('/app/chat/delete', message.body)
  const { id: senderId, name: sender } = principal
  const room = access.readable(body.roomId, senderId)
  return messages.append(room, {
    kind: 'delete',
    roomId: body.roomId,
    messageId: makeMessageId(),
    sentAt: Date.now(),
    target: targetOf(body),
    senderId,
    sender,
    moderates: rankOf(access.roleIn(room, senderId)) >= rankOf('moderator'),
    fields: {},
  })
}

import type { Message, MessageId, Room, RoomId, ServerId } from '../../shared/contract/model.ts'
import { roomKey } from '../../shared/contract/model.ts'

export const server = 'server' as ServerId

/** A joined room with nothing in it, but for what is given. */
export const room = (id: string, given: Partial<Room> = {}): Room => ({
  key: roomKey(server, id as RoomId),
  serverId: server,
  roomId: id as RoomId,
  name: id,
  topic: '',
  joined: true,
  unread: 0,
  mentions: 0,
  lastReadId: null,
  last: null,
  draft: '',
  ...given,
})

let seq = 0

/** A chat message of somebody else that has come in just now, but for what is given. */
export const message = (roomId: string, given: Partial<Message> = {}): Message => {
  seq += 1
  const now = Date.now()
  return {
    room: roomKey(server, roomId as RoomId),
    id: `m${seq}` as MessageId,
    type: 'CHAT',
    sender: '지우',
    senderId: 'p1',
    content: '안녕',
    sentAt: now,
    receivedAt: now,
    offset: null,
    sortAt: now,
    seq,
    own: false,
    delivery: null,
    failure: null,
    mentionsMe: false,
    ...given,
  }
}

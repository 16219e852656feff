/** Rows as SQLite returns them, and the models made of them. STRICT tables and their CHECKs guarantee the types. */
import { z } from 'zod'
import { previewOf } from '../../shared/cache/summary.ts'
import { errorCodes, type AppError } from '../../shared/contract/errors.ts'
import type { Message, Room } from '../../shared/contract/model.ts'

type Flag = 0 | 1

export type MessageRow = Omit<Message, 'own' | 'mentionsMe' | 'failure'> & {
  own: Flag
  mentionsMe: Flag
  failure: string | null
}

/** The columns that {@link toMessage} reads: from `messages`, joined with `rooms`. */
export const messageColumns = `
  messages.seq, rooms.key AS room, messages.id, messages.type, messages.sender, messages.sender_id AS senderId, messages.content,
  messages.sent_at AS sentAt, messages.received_at AS receivedAt, messages."offset", messages.sort_at AS sortAt, messages.own,
  messages.mentions_me AS mentionsMe, messages.delivery, messages.failure`

const failureSchema: z.ZodType<AppError> = z.object({
  code: z.enum(errorCodes),
  params: z.record(z.string(), z.union([z.string(), z.number()])).exactOptional(),
  detail: z.string().exactOptional(),
})

/** @returns an error that was stored, or came from another thread; `internal` for one that this version does not know. */
export const parseError = (value: unknown): AppError =>
  failureSchema.safeParse(value).data ?? { code: 'internal', detail: JSON.stringify(value) }

export const toMessage = ({ own, mentionsMe, failure, ...row }: MessageRow): Message => ({
  ...row,
  own: own === 1,
  mentionsMe: mentionsMe === 1,
  failure: failure === null ? null : parseError(JSON.parse(failure)),
})

export type RoomRow = Omit<Room, 'joined' | 'archived' | 'last'> & {
  joined: Flag
  archived: Flag
  /** The newest chat message; all null without one. */
  lastSender: string | null
  lastContent: string | null
  lastOffset: number | null
  lastSentAt: number | null
  lastReceivedAt: number | null
}

/** The columns that {@link toRoom} reads: from `rooms`, joined with their newest chat message as `last`. */
export const roomSelect = `
  SELECT rooms.key, rooms.server_id AS serverId, rooms.room_id AS roomId, rooms.kind, rooms.name, rooms.topic,
    rooms.person_id AS personId, rooms.joined, rooms.absence, rooms.archived, rooms.unread, rooms.mentions, rooms.last_read_id AS lastReadId,
    rooms.draft, rooms.invited_by AS invitedBy,
    last.sender AS lastSender, last.content AS lastContent, last."offset" AS lastOffset, last.sent_at AS lastSentAt,
    last.received_at AS lastReceivedAt
  FROM rooms LEFT JOIN messages AS last ON last.seq = rooms.last_chat`

export const toRoom = ({
  joined,
  archived,
  lastSender: sender,
  lastContent: content,
  lastOffset: offset,
  lastSentAt: sentAt,
  lastReceivedAt: receivedAt,
  ...row
}: RoomRow): Room => ({
  ...row,
  joined: joined === 1,
  archived: archived === 1,
  last:
    sender === null || content === null || sentAt === null || receivedAt === null
      ? null
      : previewOf({ sender, content, offset, sentAt, receivedAt }),
})

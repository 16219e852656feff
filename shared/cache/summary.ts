/** The summary of a room's messages. */
import {
  chatType,
  compareMessages,
  shownAt,
  type Message,
  type MessageId,
  type MessagePosition,
  type Room,
} from '../contract/model.ts'
import type { ResumePoint } from './stored.ts'

export interface UnreadCount {
  unread: number
  /** How many of them name the person. */
  mentions: number
}

/** Changed in memory while messages are stored, then kept with them. */
export interface RoomSummary extends UnreadCount {
  /** The greatest `sortAt` of any message, ms since the epoch; 0 in an empty room. */
  newest: number
  /** The newest chat message. */
  last: MessagePosition | null
  /** The newest message of others that was seen. Own messages don't count: their position changes with the echo. */
  readMark: MessagePosition | null
  /** The newest message that was named as read. */
  lastReadId: MessageId | null
  resume: ResumePoint | null
  /** Messages with lower offsets are read when they arrive; null once all of them have arrived. */
  readOffset: number | null
  /** The highest offset that a relation of the room has as its target; -1 if there is none. */
  lastTarget: number
}

/** @returns whether the message stands after the other; true if there is no other. */
export const isAfter = (message: MessagePosition, other: MessagePosition | null): boolean =>
  other === null || compareMessages(message, other) > 0

/** @returns the text by which a message is found; null for one that is never found, because it is not chat. */
export const searchedText = ({ type, content }: Pick<Message, 'type' | 'content'>): string | null =>
  type === chatType ? content : null

/** @returns the preview of the newest chat message for the room list. Its time is never later than its arrival. */
export const previewOf = (
  message: Pick<Message, 'sender' | 'content' | 'offset' | 'sentAt' | 'receivedAt'>,
): NonNullable<Room['last']> => ({
  sender: message.sender,
  content: message.content,
  at: Math.min(shownAt(message), message.receivedAt),
})

/**
 * @param room as it is saved, with `invitedBy` if the person is invited now.
 * @param known `invitedBy` as it was.
 * @returns `invitedBy` as it is then: an invitation stays open while the person is in the room.
 */
export const openInvitation = (
  { joined, invitedBy }: { joined: boolean; invitedBy?: string | null },
  known: string | null,
): string | null => (joined ? (invitedBy ?? known) : null)

/** Takes a new message into account. Chat of others after the read mark is unread. */
export const addToSummary = (summary: RoomSummary, message: Message): void => {
  summary.newest = Math.max(summary.newest, message.sortAt)
  if (message.type !== chatType) return
  if (isAfter(message, summary.last)) summary.last = message
  if (message.own || !isAfter(message, summary.readMark)) return
  summary.unread += 1
  if (message.mentionsMe) summary.mentions += 1
}

/** Messages on their way into a cache, and the results of writes. */
import type { ChangedMessage, Message, MessageId, Room, RoomKey } from '../contract/model.ts'
import type { Relation, RelationKind } from '../protocol/relations.ts'

/** A message as it comes from the wire, before the cache has given it its position. */
export type ArrivedMessage = Omit<Message, 'seq' | 'sortAt' | 'delivery' | 'failure'> & {
  /** Headers and JSON fields that Stompbox does not know: kept, never dropped. A JSON object, or null. */
  extra: string | null
  /** What this message says about another one of its room. Only of servers that check who may say it. */
  relation?: Relation
}

/** A message as a cache keeps it. */
export interface MessageRecord {
  message: Message
  /** As {@link ArrivedMessage.extra}. */
  extra: string | null
  /** How often an own message was put on the wire. */
  attempts: number
}

/** A message that has a relation. */
export interface RelatingMessage {
  kind: RelationKind
  message: Message
}

/** The last received message of a server's history; the next one has to follow it. */
export interface ResumePoint {
  offset: number
  id: MessageId
}

/** The changes of a write; nothing else is announced. */
export interface Stored {
  /** In the order in which it happened. */
  changed: ChangedMessage[]
  /** The rooms whose unread, mentions, preview or draft that has changed, each once, as they are after the write. */
  rooms: Room[]
}

/** @returns the events for these changes, once all of them are written. @param roomOf reads a room as it is then. */
export const storedOf = (changed: ChangedMessage[], roomOf: (key: RoomKey) => Room): Stored => {
  const keys = new Set(
    changed.filter(({ change }) => change !== 'updated').map(({ message }) => message.room),
  )
  return { changed, rooms: Array.from(keys, roomOf) }
}

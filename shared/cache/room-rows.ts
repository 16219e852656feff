/** The port between the rules and a store. The store looks rows up and writes them; the rules decide their content. */
import type { MessageId, MessagePosition, Room, RoomKey } from '../contract/model.ts'
import type { Relation } from '../protocol/relations.ts'
import type { MessageRecord, RelatingMessage } from './stored.ts'
import type { RoomSummary, UnreadCount } from './summary.ts'

/** The rooms of a store. All calls of one write belong to one transaction of it. */
export interface CacheRows {
  /** @returns the rows of the room; null for an unknown room. */
  rowsOf: (room: RoomKey) => RoomRows | null
  /** @returns the room as it is shown. */
  roomOf: (room: RoomKey) => Room
}

/** The rows of one room. Lookups answer at once. */
export interface RoomRows {
  loadSummary(): RoomSummary
  saveSummary(summary: RoomSummary): void
  clearDraft(): void

  byId(id: MessageId): MessageRecord | null
  /**
   * Inserts a message, without looking at its `seq`, and indexes its text for the search.
   * @returns the `seq` that it got; null if the id is known, and then nothing is written.
   */
  insert(record: MessageRecord): number | null
  /** Keeps the relation of the message with this `seq`, until that message is removed. */
  insertRelation(seq: number, relation: Relation): void
  /** Writes a changed record, and reindexes its text if that has changed. */
  update(after: MessageRecord, before: MessageRecord): void
  /** Removes a message, from the search as well. */
  remove(record: MessageRecord): void

  /** @returns the relations to this message at this offset, in the order of the messages that have them. */
  relationsTo(target: MessageId, targetOffset: number): RelatingMessage[]

  /** @returns the greatest `sortAt` of the room; 0 for an empty room. */
  newestTime(): number
  /** @returns the `sortAt` of the newest message with a lower offset; 0 if there is none. */
  timeBefore(offset: number): number
  /** @returns the newest chat message. */
  newestChat(): MessagePosition | null
  /** @returns the newest message of others that does not stand after `position`. */
  othersUpTo(position: MessagePosition): MessagePosition | null
  /** @returns the id of the message before `position`. */
  idBefore(position: MessagePosition): MessageId | null
  /** Counts the chat messages of others after `position`; all of them if it is null. */
  countAfter(position: MessagePosition | null): UnreadCount
}

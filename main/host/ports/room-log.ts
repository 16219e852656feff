/** The log of the rooms: every message of a room under its offset. The host stores and reads messages through this port alone. */
import { limits } from '../../../shared/protocol/limits.ts'
import type { RelationKind } from '../../../shared/protocol/relations.ts'
import type { Keep } from './options.ts'

/** The highest offset of a room: offsets have 32 bits. */
export const maxOffset = limits.offset

interface Appendable {
  roomId: string
  senderId: string
  /** Made by the sender; unique for this sender in this room. */
  messageId: string
  /** When the host got it, by its clock, which may have been set back since the message before. Milliseconds since the epoch. */
  sentAt: number
}

/** A message to store. */
export interface NewMessage extends Appendable {
  /** The JSON to store and to broadcast, as UTF-8. */
  body: Uint8Array
}

/** A message as the log has it, for a rule of relations to decide on. */
export interface FoundMessage {
  offset: number
  messageId: string
  senderId: string
  body: Uint8Array
  /** Whether {@link body} is a tombstone. */
  erased: boolean
  /** How many relations of the same kind it has, from everybody and from the same sender; erased ones do not count. */
  relations: { all: number; own: number }
}

/**
 * A message that says something about an earlier one of its room. The log finds that one, and lets the rule of this kind decide in the order
 * of the log ({@link import('../wire/relations.ts').decideRelation}): the rule sees the messages before it, those of its own group included.
 */
export interface NewRelation extends Appendable {
  kind: RelationKind
  /** The earlier message: the one at this offset, or the first one with this id. */
  target: { offset: number } | { messageId: string }
  /** The sender's name. */
  sender: string
  /** Whether the sender is a moderator of the room, or its owner. */
  moderates: boolean
  /** What the message says beside its relation. */
  fields: Readonly<Record<string, unknown>>
}

export type Entry = NewMessage | NewRelation

export const isRelation = (entry: Entry): entry is NewRelation => 'kind' in entry

/** What became of one entry of a group. */
export type Outcome =
  /** `body` is what was stored, and is to be broadcast. */
  | { kind: 'stored'; offset: number; sentAt: number; body: Uint8Array }
  /** Nothing was stored because there was nothing to do: the sender's message with this id is in the log, or its rule found nothing to do. */
  | { kind: 'known' }
  /** There is no such room. */
  | { kind: 'room-missing' }
  /** A rule threw `reason`, or there is no space for messages. */
  | { kind: 'refused'; reason: unknown }

/** A message as it is read. */
export interface LoggedMessage {
  offset: number
  /** The latest `sentAt` up to this message: it never falls with the offset. Milliseconds since the epoch. */
  reachedAt: number
  body: Uint8Array
}

/** Where the log of a room ends. */
export interface Tail {
  /** The offset of the next message. It never falls, even when messages are dropped. */
  next: number
  /** `sentAt` of the newest message that is kept; null without one. Milliseconds since the epoch. */
  lastSentAt: number | null
}

/**
 * Appends, trims and purges are carried out one after the other, in the order of the calls. Reads return everything whose append has
 * resolved, and nothing that is not on disk.
 */
export interface RoomLog {
  /**
   * Stores a group of entries in their order: all that are not refused, or none. Resolves when they are on disk, with one outcome each.
   * @throws {import('../../../shared/contract/errors.ts').Failure} such as `disk-full`; nothing of the group is stored then.
   */
  append(group: readonly Entry[]): Promise<readonly Outcome[]>
  /** @returns the oldest offset kept, and the offset of the next message; 0 and 0 where there is no such room. */
  bounds(roomId: string): Promise<{ first: number; next: number }>
  /**
   * @returns the messages from `offset` on, in order: `limit` of them, or all that there are.
   * @throws {RangeError} for an offset that no room can have.
   */
  read(roomId: string, offset: number, limit: number): Promise<LoggedMessage[]>
  /** @returns the offset of the first message whose `reachedAt` is not before `time`; the next offset where there is none. */
  offsetAt(roomId: string, time: number): Promise<number>
  /** @returns where the log of each room ends; rooms without a message may be left out. */
  tails(): Promise<ReadonlyMap<string, Tail>>
  /** Drops some of the oldest messages of a room, beyond what is to be kept. @returns whether there may be more of them. */
  trim(roomId: string, keep: Keep): Promise<boolean>
  /** Drops some messages of rooms that were removed. @returns whether there may be more of them. */
  purge(): Promise<boolean>
}

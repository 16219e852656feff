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

/** A stored message, as a relation rule sees it. */
export interface FoundMessage {
  offset: number
  messageId: string
  senderId: string
  body: Uint8Array
  /** Whether {@link body} is a tombstone. */
  erased: boolean
  /**
   * The number of its relations of the same kind, from everybody and from the same sender; erased ones do not count.
   */
  relations: { all: number; own: number }
}

/**
 * A message with a relation to an earlier one of its room. The log looks that message up and calls the rule of this
 * kind ({@link import('../wire/relations.ts').decideRelation}) in log order: the rule sees all earlier messages,
 * including those of its own group.
 */
export interface NewRelation extends Appendable {
  kind: RelationKind
  /** The earlier message: the one at this offset, or the first one with this id. */
  target: { offset: number } | { messageId: string }
  /** The sender's name. */
  sender: string
  /** Whether the sender is a moderator or an owner of the room. */
  moderates: boolean
  /** The other fields of the message. */
  fields: Readonly<Record<string, unknown>>
}

export type Entry = NewMessage | NewRelation

export const isRelation = (entry: Entry): entry is NewRelation => 'kind' in entry

/** The result of one entry of a group. */
export type Outcome =
  /** `body` is what was stored, and is to be broadcast. */
  | { kind: 'stored'; offset: number; sentAt: number; body: Uint8Array }
  /**
   * Nothing was stored because there was nothing to do: the log already has the sender's message with this id, or the
   * rule had nothing to change.
   */
  | { kind: 'known' }
  /** There is no such room. */
  | { kind: 'room-missing' }
  /** A rule threw `reason`, or the disk has no space for messages. */
  | { kind: 'refused'; reason: unknown }

/** A message as read from the log. */
export interface LoggedMessage {
  offset: number
  /** The latest `sentAt` up to this message: it never falls with the offset. Milliseconds since the epoch. */
  reachedAt: number
  body: Uint8Array
}

/** The end of a room's log. */
export interface Tail {
  /** The offset of the next message. It never falls, even when messages are deleted. */
  next: number
  /** `sentAt` of the newest stored message; null without one. Milliseconds since the epoch. */
  lastSentAt: number | null
}

/**
 * Appends, trims and purges run one after another, in the order of the calls. Reads return everything whose append has
 * resolved, and nothing that is not on disk.
 */
export interface RoomLog {
  /**
   * Stores a group of entries in order: all that are not refused, or none. Resolves when they are on disk, with one
   * outcome each.
   * @throws {import('../../../shared/contract/errors.ts').Failure} such as `disk-full`; nothing of the group is stored
   *   then.
   */
  append(group: readonly Entry[]): Promise<readonly Outcome[]>
  /** @returns the oldest stored offset, and the offset of the next message; 0 and 0 if there is no such room. */
  bounds(roomId: string): Promise<{ first: number; next: number }>
  /**
   * @returns up to `limit` messages from `offset` on, in order.
   * @throws {RangeError} for an invalid offset.
   */
  read(roomId: string, offset: number, limit: number): Promise<LoggedMessage[]>
  /**
   * @returns the offset of the first message whose `reachedAt` is not before `time`; the next offset if there is none.
   */
  offsetAt(roomId: string, time: number): Promise<number>
  /** @returns the tail of each room's log; rooms without a message may be left out. */
  tails(): Promise<ReadonlyMap<string, Tail>>
  /**
   * Deletes some of a room's oldest messages that are beyond its bounds. @returns whether there may be more of them.
   */
  trim(roomId: string, keep: Keep): Promise<boolean>
  /** Deletes some messages of removed rooms. @returns whether there may be more of them. */
  purge(): Promise<boolean>
}

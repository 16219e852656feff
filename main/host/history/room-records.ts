/** The records of the rooms: the next offset of each log, and how much it stores. */
import type { Database } from 'better-sqlite3'
import { maxOffset } from '../ports/room-log.ts'

export interface RoomRecord {
  /** The room's row. */
  readonly room: number
  /** The offset of the next message. */
  next: number
  /** The latest time at which any message was sent. Milliseconds since the epoch. */
  reachedAt: number
  /** Length of all stored bodies. */
  bytes: number
}

/** Number of offsets in one room. */
const offsets = maxOffset + 1
/** The highest room row whose message keys are exact as JavaScript numbers. */
const maxRoom = Math.floor(Number.MAX_SAFE_INTEGER / offsets) - 1

/** @returns whether this is a valid offset of a message. */
export const isOffset = (value: number): boolean =>
  Number.isInteger(value) && value >= 0 && value <= maxOffset

/**
 * @returns the key of a message in the table, as the schema computes it: it rises with the offset.
 * @throws {RangeError} for an invalid offset, which would be the key of another room's message.
 */
export const keyOf = ({ room }: Pick<RoomRecord, 'room'>, offset: number): number => {
  if (!Number.isInteger(room) || room < 0 || room > maxRoom)
    throw new RangeError(`room ${room} is not a whole number from 0 to ${maxRoom}`)
  if (!isOffset(offset)) throw new RangeError(`offset ${offset} is not a whole number from 0 to ${maxOffset}`)
  return room * offsets + offset
}

export interface RoomRecords {
  /** @returns the room's record; undefined if there is no such room. */
  read(roomId: string): RoomRecord | undefined
  /** Writes the record. */
  save(record: Readonly<RoomRecord>): void
}

export const openRoomRecords = (database: Database): RoomRecords => {
  const select = database.prepare<[string], RoomRecord>(
    'SELECT room, next_offset AS next, last_sent_at AS reachedAt, bytes FROM room WHERE room_id = ?',
  )
  const update = database.prepare<[number, number, number, number]>(
    'UPDATE room SET next_offset = ?, last_sent_at = ?, bytes = ? WHERE room = ?',
  )
  return {
    read: roomId => select.get(roomId),
    save: ({ next, reachedAt, bytes, room }) => void update.run(next, reachedAt, bytes, room),
  }
}

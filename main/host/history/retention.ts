/** Deletes messages beyond the retention bounds: the oldest first, a few at a time. */
import type { WritableDatabase } from '../../sqlite/database.ts'
import type { Keep } from '../ports/options.ts'
import { maxOffset } from '../ports/room-log.ts'
import { openDrop } from './dropping.ts'
import { openRoomRecords, keyOf } from './room-records.ts'

export const keepAll: Keep = { days: 0, messages: 0, bytes: 0 }

/** The default bounds: 1 GiB a room. That is everything for people, and some millions of messages for a program. */
export const defaultKeep: Keep = { ...keepAll, bytes: 1024 ** 3 }

/** The most messages of one transaction, which takes a few milliseconds. */
const maxStep = 500
const day = 24 * 60 * 60 * 1_000

export interface Retention {
  /**
   * Deletes some of a room's oldest messages that are beyond the bounds. @returns whether there may be more of them.
   */
  trim(roomId: string, keep: Keep): boolean
  /** Deletes some messages of removed rooms. @returns whether there may be more of them. */
  purge(): boolean
}

/** @param now the clock, in milliseconds since the epoch. */
export const openRetention = (database: WritableDatabase, now: () => number): Retention => {
  const records = openRoomRecords(database)
  const oldest = database.prepare<
    [number, number, number, number],
    { offset: number; sentAt: number; length: number }
  >(
    `SELECT "offset", sent_at AS sentAt, length(body) AS length FROM message
     WHERE room = ? AND place BETWEEN ? AND ? ORDER BY place LIMIT ?`,
  )
  const drop = openDrop(database)

  const deleted = database
    .prepare<[], number>('SELECT room FROM room WHERE deleted_at IS NOT NULL LIMIT 1')
    .pluck()
  /** The offset at which a step ends. */
  const stepEnd = database
    .prepare<[number, number, number, number], number | null>(
      `SELECT max("offset") FROM
         (SELECT "offset" FROM message WHERE room = ? AND place BETWEEN ? AND ? ORDER BY place LIMIT ?)`,
    )
    .pluck()
  const dropRoom = database.prepare<[number]>('DELETE FROM room WHERE room = ?')

  const purge = database.transaction((): boolean => {
    const room = deleted.get()
    if (room === undefined) return false
    const end = stepEnd.get(room, keyOf({ room }, 0), keyOf({ room }, maxOffset), maxStep) ?? null
    if (end === null) dropRoom.run(room)
    else drop({ room }, 0, end)
    return true
  })

  const trim = database.transaction((roomId: string, keep: Keep): boolean => {
    const record = records.read(roomId)
    if (!record) return false
    const newestGone = keep.messages > 0 ? record.next - keep.messages - 1 : -1
    const tooOld = keep.days > 0 ? now() - keep.days * day : 0
    const mostBytes = keep.bytes > 0 ? keep.bytes : Number.MAX_SAFE_INTEGER
    let kept = { first: 0, bytes: record.bytes }
    let { bytes } = record
    let count = 0
    const [from, to] = [keyOf(record, 0), keyOf(record, maxOffset)]
    for (const { offset, sentAt, length } of oldest.iterate(record.room, from, to, maxStep)) {
      const goes = offset <= newestGone || sentAt < tooOld || bytes > mostBytes
      // A message that was sent while the clock was ahead counts as old as the one after it.
      if (!goes && sentAt <= now()) break
      count += 1
      bytes -= length
      if (goes) kept = { first: offset + 1, bytes }
    }
    if (kept.first === 0) return false
    drop(record, 0, kept.first - 1)
    records.save({ ...record, bytes: kept.bytes })
    return count === maxStep
  })

  return {
    purge: () => purge.immediate(),
    trim: (roomId, keep) => trim.immediate(roomId, keep),
  }
}

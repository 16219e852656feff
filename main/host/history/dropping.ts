/** Deletes messages permanently, with their relations. */
import type { Database } from 'better-sqlite3'
import { keyOf, type RoomRecord } from './room-records.ts'

/** Deletes the messages of a room between two offsets, both included. Called within a transaction. */
export type Drop = (record: Pick<RoomRecord, 'room'>, first: number, last: number) => void

export const openDrop = (database: Database): Drop => {
  const relations = database.prepare<[number, number]>('DELETE FROM relation WHERE place BETWEEN ? AND ?')
  const messages = database.prepare<[number, number, number]>(
    'DELETE FROM message WHERE room = ? AND place BETWEEN ? AND ?',
  )
  return (record, first, last) => {
    const range = [keyOf(record, first), keyOf(record, last)] as const
    relations.run(...range)
    messages.run(record.room, ...range)
  }
}

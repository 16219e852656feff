/** The log of the rooms in SQLite: read on the host's thread, written on a thread of its own. */
import type { Database } from 'better-sqlite3'
import type { RoomLog } from '../ports/room-log.ts'
import { openRoomRecords } from './room-records.ts'
import { openReading } from './reading.ts'

interface RoomLogOptions {
  /** Not the writer's connection: it only sees committed data, which is on disk. */
  database: Database
  writer: Pick<RoomLog, 'append' | 'trim' | 'purge'>
}

/** @returns the synchronous result or error of `ask` as a promise. */
const answer = <Answer>(ask: () => Answer): Promise<Answer> => new Promise(resolve => resolve(ask()))

export const openRoomLog = ({ database, writer }: RoomLogOptions): RoomLog => {
  const records = openRoomRecords(database)
  const reading = openReading(database)
  return {
    append: group => writer.append(group),
    trim: (roomId, keep) => writer.trim(roomId, keep),
    purge: () => writer.purge(),
    bounds: roomId =>
      answer(() => {
        const record = records.read(roomId)
        return record ? { first: reading.first(record), next: record.next } : { first: 0, next: 0 }
      }),
    read: (roomId, offset, limit) =>
      answer(() => {
        const record = records.read(roomId)
        return record ? reading.read(record, offset, limit) : []
      }),
    offsetAt: (roomId, time) =>
      answer(() => {
        const record = records.read(roomId)
        return record ? reading.offsetAt(record, time) : 0
      }),
    tails: () => answer(() => reading.tails()),
  }
}

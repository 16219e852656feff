/** The log of the rooms in SQLite: read on the host's thread, written on a thread of its own. */
import type { Database } from 'better-sqlite3'
import type { RoomLog } from '../ports/room-log.ts'
import { openHeads } from './heads.ts'
import { openReading } from './reading.ts'

interface RoomLogOptions {
  /** Not the writer's connection: it only sees committed data, which is on disk. */
  database: Database
  writer: Pick<RoomLog, 'append' | 'trim' | 'purge'>
}

/** @returns the synchronous result or error of `ask` as a promise. */
const answer = <Answer>(ask: () => Answer): Promise<Answer> => new Promise(resolve => resolve(ask()))

export const openRoomLog = ({ database, writer }: RoomLogOptions): RoomLog => {
  const heads = openHeads(database)
  const reading = openReading(database)
  return {
    append: group => writer.append(group),
    trim: (roomId, keep) => writer.trim(roomId, keep),
    purge: () => writer.purge(),
    bounds: roomId =>
      answer(() => {
        const head = heads.read(roomId)
        return head ? { first: reading.first(head), next: head.next } : { first: 0, next: 0 }
      }),
    read: (roomId, offset, limit) =>
      answer(() => {
        const head = heads.read(roomId)
        return head ? reading.read(head, offset, limit) : []
      }),
    offsetAt: (roomId, time) =>
      answer(() => {
        const head = heads.read(roomId)
        return head ? reading.offsetAt(head, time) : 0
      }),
    tails: () => answer(() => reading.tails()),
  }
}

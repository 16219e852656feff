/** The records of files in the host's database. */
import type { Database } from 'better-sqlite3'
import { toFailure } from '../../sqlite/failures.ts'
import type { FileRecord, FileRecords } from '../ports/file-records.ts'

export const openFileRecords = (database: Database): FileRecords => {
  const list = database.prepare<[], FileRecord>(
    `SELECT file_id AS fileId, room_id AS roomId, sender_id AS senderId, name, size, made_at AS madeAt,
       sha256, type, message_id AS messageId, "offset" FROM file`,
  )
  const save = database.prepare<[FileRecord]>(
    `INSERT OR REPLACE INTO file (file_id, room_id, sender_id, name, size, made_at, sha256, type, message_id, "offset")
     VALUES (@fileId, @roomId, @senderId, @name, @size, @madeAt, @sha256, @type, @messageId, @offset)`,
  )
  const remove = database.prepare<[string]>('DELETE FROM file WHERE file_id = ?')
  const run = <Result>(call: () => Result): Result => {
    try {
      return call()
    } catch (thrown) {
      throw toFailure(thrown, database.name)
    }
  }
  return {
    list: () => run(() => list.all()),
    save: record => void run(() => save.run(record)),
    remove: fileId => void run(() => remove.run(fileId)),
  }
}

import type { WritableDatabase } from '../sqlite/database.ts'

/** Pages of the index that are merged in one go: some ten milliseconds, so that no query waits long. */
const atOnce = 16

/**
 * Takes what was removed off the disk, step by step while nothing else is to be done: the index keeps the words of a removed message until
 * its parts are merged, the write-ahead log its text until that is written anew. What stood in the file itself is overwritten at once
 * (`secure_delete`).
 * @returns what is to be called when something was removed. It goes on with what an earlier run of the app has left.
 */
export const createErasing = (db: WritableDatabase): (() => void) => {
  /** Blocks from this number on say what is removed and not merged yet: FTS5_TOMBSTONE_ROWID in SQLite's `fts5_index.c`. */
  const isLeft = db
    .prepare<[], 0 | 1>('SELECT EXISTS (SELECT 1 FROM search_data WHERE id >= 65536 << 37)')
    .pluck()
  /** Less than nothing: every part of the index, as `optimize` does (https://sqlite.org/fts5.html#the_merge_command). */
  const merge = db.prepare<[number]>(`INSERT INTO search (search, rank) VALUES ('merge', ?)`)
  const changes = db.prepare<[], number>('SELECT total_changes()').pluck()
  let isRunning = false

  /** @returns whether that has changed anything. */
  const mergeSome = (): boolean => {
    const before = changes.get() ?? 0
    merge.run(-atOnce)
    return (changes.get() ?? 0) - before > 1
  }
  const step = (): void => {
    isRunning = false
    if (!db.open) return
    try {
      if (isLeft.get() === 1 && mergeSome()) begin()
      else db.pragma('wal_checkpoint(TRUNCATE)')
    } catch {
      // A full disk, or a damaged index, which is built anew when it is searched: begins again with what is removed next.
    }
  }
  const begin = (): void => {
    if (isRunning) return
    isRunning = true
    setImmediate(step)
  }
  begin()
  return begin
}

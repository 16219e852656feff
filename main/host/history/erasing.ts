/** Takes what was deleted off the disk: SQLite leaves it in its write-ahead log until that is written anew. */
import type { Database } from 'better-sqlite3'
import { createCoalesced } from '../limits/coalesced.ts'
import type { HostLog } from '../ports/options.ts'

/** Milliseconds from one time to the next, at least: each costs several fsyncs. */
const interval = 1_000

/**
 * @returns what is to be called when something was deleted. While a backup reads what was there before, the disk keeps that; it goes
 *   when the backup is done.
 */
export const openErasing = (database: Database, log: Pick<HostLog, 'error'>): (() => void) => {
  /** @returns whether the log is empty now. Nobody waits for a backup here. */
  const emptyLog = (): boolean => {
    const timeout = database.pragma('busy_timeout', { simple: true })
    database.pragma('busy_timeout = 0')
    try {
      return database.pragma('wal_checkpoint(TRUNCATE)', { simple: true }) === 0
    } finally {
      database.pragma(`busy_timeout = ${Number(timeout)}`)
    }
  }
  const erasures = createCoalesced(interval, () => {
    // Closing empties the log as well.
    if (!database.open) return false
    try {
      return !emptyLog()
    } catch (thrown) {
      log.error('deleted messages not erased yet', { error: String(thrown) })
      return true
    }
  })
  return () => erasures.touch('')
}

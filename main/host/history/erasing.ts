/** Erases deleted content from the disk: SQLite leaves it in its write-ahead log until the log is truncated. */
import type { Database } from 'better-sqlite3'
import { createCoalesced } from '../limits/coalesced.ts'
import type { HostLog } from '../ports/options.ts'

/** The least time between two truncations, each of which costs several fsyncs. Milliseconds. */
const interval = 1_000

/**
 * @returns the function to call after something was deleted. While a backup reads an older state, the content stays on
 *   disk; it is erased when the backup is done.
 */
export const openErasing = (database: Database, log: Pick<HostLog, 'error'>): (() => void) => {
  /** @returns whether the log is empty now. Does not wait for a running backup. */
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
    // Closing the database truncates the log as well.
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

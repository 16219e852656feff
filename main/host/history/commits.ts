/**
 * Transactions of which many reach the disk in one go. SQLite commits them without waiting for the disk (`synchronous=NORMAL`); the wait for
 * it is on a thread of Node's pool, so that the host goes on meanwhile. What is committed but not synced survives a crash of the host, but
 * no power cut. Nothing may be confirmed before.
 */
import { closeSync, fdatasync, openSync } from 'node:fs'
import type { WritableDatabase } from '../../sqlite/database.ts'

export interface Commits {
  /** Runs `work` in a transaction and commits it. What it throws undoes it. */
  commit(work: () => void): void
  /** Resolves when everything that is committed is on disk. @throws what the system says where it fails: it may be on disk or not. */
  sync(): Promise<void>
  /** Closes the log; nothing may be synced any more. */
  close(): void
}

/** @param database in WAL mode: what is committed is in the log beside it, until a checkpoint, which syncs by itself. */
export const openCommits = (database: WritableDatabase): Commits => {
  const inTransaction = database.transaction((work: () => void) => {
    work()
  })
  let log: number | null = null

  return {
    commit: work => {
      database.pragma('synchronous = NORMAL')
      try {
        inTransaction.immediate(work)
      } finally {
        // All other transactions of this connection wait for the disk.
        database.pragma('synchronous = FULL')
      }
    },
    sync: () =>
      new Promise((resolve, reject) => {
        log ??= openSync(`${database.name}-wal`, 'r+')
        fdatasync(log, error => (error ? reject(error) : resolve()))
      }),
    close: () => {
      if (log !== null) closeSync(log)
      log = null
    },
  }
}

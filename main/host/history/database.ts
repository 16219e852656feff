/** The host's database file, and the lock on its folder. */
import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import type { WritableDatabase } from '../../sqlite/database.ts'
import { toFailure } from '../../sqlite/failures.ts'
import { openFile, type FileKind } from '../../sqlite/open.ts'
import { makePrivateFile } from '../../sqlite/private-file.ts'
import { nameKey } from '../../../shared/text/fold.ts'
import { migrations } from './migrations.ts'

/**
 * WAL pages (of 4 KiB) between checkpoints: under load the same pages change again and again, and every checkpoint
 * costs two more fsyncs.
 */
const checkpointPages = 8_192

export const hostFile: FileKind = {
  /** 'SbHo' */
  applicationId: 0x53_62_48_6f,
  migrations,
  // A host that runs can't replace a damaged file.
  checkedUpTo: Infinity,
  prepare: db => {
    // The threads of a host write in turn: one transaction may wait while another waits for a slow disk. Milliseconds.
    db.pragma('busy_timeout = 10000')
    // Confirmed data has to survive a power cut, not only a crash.
    db.pragma('synchronous = FULL')
    // Deleted content is overwritten.
    db.pragma('secure_delete = ON')
    db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    db.function('name_key', { deterministic: true }, nameKey)
  },
}

/**
 * Opens the database, creating it if it is missing.
 * @throws {Failure} as {@link openFile}.
 */
export const openDatabase = (file: string): WritableDatabase => openFile(file, hostFile)

/**
 * Locks a folder (created if it is missing) against other hosts for as long as this process lives; the system releases
 * the lock even after `kill -9`.
 * @throws {Failure} `cache-locked` where another host has it; `disk-readonly` or `disk-full` where it can't be created.
 * @returns a function that releases the lock.
 */
export const lockFolder = (folder: string): (() => void) => {
  let lock: Database.Database | undefined
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    const file = join(folder, 'host.lock')
    makePrivateFile(file)
    lock = new Database(file, { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    const held = lock
    return () => void held.close()
  } catch (thrown) {
    lock?.close()
    throw toFailure(thrown, folder)
  }
}

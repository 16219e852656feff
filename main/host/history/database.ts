/** The host's database file, and the lock on the folder that it is in. */
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
 * Pages (of 4 KiB) in the log before they are carried over to the database: under load the same pages change again and again, and
 * every time that they are carried over costs two more fsyncs.
 */
const checkpointPages = 8_192

export const hostFile: FileKind = {
  /** 'SbHo' */
  applicationId: 0x53_62_48_6f,
  migrations,
  prepare: db => {
    // The threads of a host write in turn: a transaction may wait while the other's waits for a slow disk. Milliseconds.
    db.pragma('busy_timeout = 10000')
    // What has its RECEIPT has to survive a power cut, not only a crash.
    db.pragma('synchronous = FULL')
    // What is deleted is overwritten.
    db.pragma('secure_delete = ON')
    db.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    db.function('name_key', { deterministic: true }, nameKey)
  },
}

/**
 * Opens the database, making it where it is missing.
 * @throws {Failure} as {@link openFile}.
 */
export const openDatabase = (file: string): WritableDatabase => openFile(file, hostFile)

/**
 * Keeps other hosts out of a folder, made where it is missing, for as long as this process lives; the system lets go of it even after
 * `kill -9`.
 * @throws {Failure} `cache-locked` where another host has it; `disk-readonly` or `disk-full` where it can't be made.
 * @returns what lets go of it.
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

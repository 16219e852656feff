/** The host's SQLite file: opened, checked and brought to the present shape, or refused and left as it is. */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure, type ErrorCode } from '../../../shared/contract/errors.ts'
import { migrations } from './migrations.ts'

/** Marks the file as a Stompbox host's ("SbHo"; https://sqlite.org/pragma.html#pragma_application_id). */
const applicationId = 0x53_62_48_6f

/** SQLite's primary result codes (https://sqlite.org/rescode.html) as what a person can do about them. */
const codes: Readonly<Record<string, ErrorCode>> = {
  SQLITE_FULL: 'disk-full',
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  SQLITE_READONLY: 'disk-readonly',
  SQLITE_CANTOPEN: 'disk-readonly',
  SQLITE_PERM: 'disk-readonly',
  EACCES: 'disk-readonly',
  EPERM: 'disk-readonly',
  EROFS: 'disk-readonly',
  EEXIST: 'disk-readonly',
  ENOTDIR: 'disk-readonly',
  SQLITE_CORRUPT: 'cache-corrupt',
  SQLITE_NOTADB: 'cache-corrupt',
  SQLITE_BUSY: 'cache-locked',
  SQLITE_LOCKED: 'cache-locked',
}

/** @returns what SQLite or the file system threw, as a {@link Failure} that names the file. */
export const storageFailure = (thrown: unknown, file: string): Failure => {
  if (thrown instanceof Failure) return thrown
  const raw = thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
  // Extended codes begin with the primary one: SQLITE_READONLY_DIRECTORY.
  const primary = raw.startsWith('SQLITE_') ? raw.split('_', 2).join('_') : raw
  return new Failure(codes[primary] ?? 'cache-failed', { file }, thrown)
}

const numberPragma = (database: Database.Database, pragma: string): number =>
  Number(database.pragma(pragma, { simple: true }))

/** How long another program may keep the file before it counts as locked, in milliseconds. */
const busyTimeout = 2_000

/**
 * Pages (of 4 KiB) in the log before they are carried over to the database: under load the same pages change again and again, and
 * every time that they are carried over costs two more fsyncs.
 */
const checkpointPages = 8_192

/**
 * Refuses what must not be written to. Reads on a connection that can't write, so that a refused file stays as it is to the last
 * byte. An empty file passes: it is what a crash in the first moment leaves.
 */
export const inspect = (file: string): void => {
  const database = new Database(file, { readonly: true, timeout: busyTimeout })
  try {
    if (database.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return
    if (numberPragma(database, 'application_id') !== applicationId)
      throw new Failure('cache-corrupt', { file })
    if (numberPragma(database, 'user_version') > migrations.length) throw new Failure('cache-newer', { file })
    const verdict = database.pragma('quick_check(1)', { simple: true })
    if (verdict !== 'ok') throw new Failure('cache-corrupt', { file }, verdict)
  } finally {
    database.close()
  }
}

const migrate = (database: Database.Database): void => {
  const found = numberPragma(database, 'user_version')
  for (const [index, sql] of migrations.entries()) {
    if (index < found) continue
    database
      .transaction(() => {
        database.exec(sql)
        database.pragma(`application_id = ${applicationId}`)
        database.pragma(`user_version = ${index + 1}`)
      })
      .immediate()
  }
}

/**
 * Opens the database, making it where it is missing.
 * @throws {Failure} `disk-full`, `disk-readonly`, `cache-corrupt`, `cache-newer`, `cache-locked` or `cache-failed` with `file`.
 */
export const openDatabase = (file: string): Database.Database => {
  let database: Database.Database | undefined
  try {
    if (existsSync(file)) inspect(file)
    database = new Database(file, { timeout: busyTimeout })
    database.pragma('journal_mode = WAL')
    // What has its RECEIPT has to survive a power cut, not only a crash.
    database.pragma('synchronous = FULL')
    database.pragma(`wal_autocheckpoint = ${checkpointPages}`)
    database.pragma('foreign_keys = ON')
    database.pragma('trusted_schema = OFF')
    migrate(database)
    return database
  } catch (thrown) {
    database?.close()
    throw storageFailure(thrown, file)
  }
}

/**
 * Keeps other hosts out of a folder for as long as this process lives; the system lets go of it even after `kill -9`.
 * @throws {Failure} `cache-locked` where another host has it.
 * @returns what lets go of it.
 */
export const lockFolder = (folder: string): (() => void) => {
  let lock: Database.Database | undefined
  try {
    lock = new Database(join(folder, 'host.lock'), { timeout: 0 })
    lock.exec('BEGIN EXCLUSIVE')
    const held = lock
    return () => void held.close()
  } catch (thrown) {
    lock?.close()
    throw storageFailure(thrown, folder)
  }
}

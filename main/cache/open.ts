import { accessSync, constants, existsSync, mkdirSync, statSync } from 'node:fs'
import { dirname } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../shared/contract/errors.ts'
import { assertReadable, assertWritable, type ReadableDatabase, type WritableDatabase } from './database.ts'
import { toFailure } from './failures.ts'
import { migrate, versionOf, type Migration } from './migrate.ts'
import { migrations } from './migrations/index.ts'

/** In the file's header, so that the database of another program is never written to: 'STBX'. */
const applicationId = 0x53_54_42_58

/** How long another program may keep the file before it counts as locked, in ms. */
const busyTimeout = 1000

/**
 * Checks every page of every table: half a second for a million messages. The words within the full-text index are left out, which
 * would take several times as long: the index can be built anew from the messages, and is (`search.ts`) when it turns out to be damaged.
 */
const checkTables = (db: ReadableDatabase, file: string): void => {
  const tables = db
    .prepare<[], string>(`SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0`)
    .pluck()
  for (const table of tables.all()) {
    const verdict = db.pragma(`quick_check('${table.replaceAll("'", "''")}')`, { simple: true })
    if (verdict !== 'ok') throw new Failure('cache-corrupt', { file }, verdict)
  }
}

/**
 * Refuses what must not be written to: no database, one of another program, a damaged one, one of a newer Stompbox. Reads on a
 * connection that can't write, so that a refused file (and a write-ahead log beside it) stays as it is to the last byte.
 */
const inspect = (file: string, newest: number): void => {
  if (!statSync(file).isFile()) throw new Failure('cache-corrupt', { file }, 'not a file')
  accessSync(file, constants.R_OK | constants.W_OK)
  const db = new Database(file, { readonly: true, timeout: busyTimeout })
  try {
    assertReadable(db)
    if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return
    if (db.pragma('application_id', { simple: true }) !== applicationId) {
      throw new Failure('cache-corrupt', { file }, 'the database belongs to another program')
    }
    const version = versionOf(db)
    if (version > newest) throw new Failure('cache-newer', { file }, `version ${version}, known ${newest}`)
    checkTables(db, file)
  } finally {
    db.close()
  }
}

const openWritable = (file: string, steps: readonly Migration[]): WritableDatabase => {
  const db = new Database(file, { timeout: busyTimeout })
  try {
    assertWritable(db)
    // Two messengers on one cache would send the outbox twice, so the file is ours alone while it is open.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('journal_mode = WAL')
    db.pragma('synchronous = NORMAL')
    db.pragma('trusted_schema = OFF')
    // Takes the lock now, and shows a file that can't be written before anything relies on it.
    db.transaction(() => db.pragma(`application_id = ${applicationId}`)).exclusive()
    migrate(db, steps)
    db.pragma('foreign_keys = ON')
    return db
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/**
 * Opens the cache's database, makes it where there is none, and brings it up to date.
 * @param steps the migrations to apply; those of this version unless a test gives others.
 * @throws Failure `cache-corrupt`, `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full` or `cache-failed`, each with the file.
 */
export const openDatabase = (file: string, steps: readonly Migration[] = migrations): WritableDatabase => {
  try {
    mkdirSync(dirname(file), { recursive: true })
    if (existsSync(file)) inspect(file, steps.length)
    return openWritable(file, steps)
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
}

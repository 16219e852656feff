/** Opens a database file of ours, checks and upgrades it, or refuses it and leaves it untouched. */
import { accessSync, constants, existsSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { Failure } from '../../shared/contract/errors.ts'
import { assertReadable, assertWritable, type ReadableDatabase, type WritableDatabase } from './database.ts'
import { toFailure } from './failures.ts'
import { migrate, versionOf, type Migration } from './migrate.ts'
import { makePrivateFile } from './private-file.ts'

/** A kind of database file. */
export interface FileKind {
  /**
   * In the file's header, so that the database of another program is never written to
   * (https://sqlite.org/pragma.html#pragma_application_id).
   */
  applicationId: number
  migrations: readonly Migration[]
  /**
   * Bytes up to which a file is checked whenever it is opened. A larger one is checked after an unclean end only, because that reads all of
   * it; for the rest, damage shows when it is read.
   */
  checkedUpTo: number
  /** Sets pragmas for as long as the file is open, such as `synchronous`; called before the first write. */
  prepare: (db: WritableDatabase) => void
}

/** The schema of a file, without SQLite's own tables and with spaces normalised. */
const schemaOf = (db: ReadableDatabase): string[] =>
  db
    .prepare<[], string>(
      `SELECT type || ' ' || name || ' ' || tbl_name || ' ' || ifnull(sql, '') FROM sqlite_schema
       WHERE name NOT LIKE 'sqlite\\_%' ESCAPE '\\' ORDER BY type, name`,
    )
    .pluck()
    .all()
    .map(line => line.replaceAll(/\s+/g, ' '))

/** @returns the schema that a file of this kind and version must have. */
const schemaOfVersion = ({ prepare, migrations }: FileKind, version: number): string[] => {
  const db = new Database(':memory:')
  try {
    assertWritable(db)
    prepare(db)
    migrate(db, migrations.slice(0, version))
    return schemaOf(db)
  } finally {
    db.close()
  }
}

/** How long to wait for another program's lock. Milliseconds. */
const busyTimeout = 1000

/**
 * Checks every page of every table: half a second for a million messages. It skips the contents of full-text indexes, which would take
 * several times as long and can be rebuilt.
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

/** @returns whether the last program that had the file open did not close it: then its write-ahead log is still there. */
const endedUnclean = (file: string): boolean =>
  (statSync(`${file}-wal`, { throwIfNoEntry: false })?.size ?? 0) > 0

const inspectOpened = (
  db: ReadableDatabase,
  { applicationId, migrations }: FileKind,
  checksTables: boolean,
): void => {
  if (db.prepare('SELECT 1 FROM sqlite_schema').get() === undefined) return
  const file = db.name
  if (db.pragma('application_id', { simple: true }) !== applicationId)
    throw new Failure('cache-corrupt', { file }, 'the database belongs to another program')
  const version = versionOf(db)
  if (version > migrations.length)
    throw new Failure('cache-newer', { file }, `version ${version}, known ${migrations.length}`)
  if (checksTables) checkTables(db, file)
}

/** @throws Failure `cache-corrupt` for a schema that is not ours: somebody else's trigger would run with every message. */
const inspectSchema = (db: ReadableDatabase, kind: FileKind): void => {
  const [found, ours] = [schemaOf(db), schemaOfVersion(kind, versionOf(db))]
  const foreign = found.find(line => !ours.includes(line)) ?? ours.find(line => !found.includes(line))
  if (foreign !== undefined)
    throw new Failure('cache-corrupt', { file: db.name }, `not part of Stompbox’s schema: ${foreign}`)
}

/**
 * Refuses a file that is not a database, belongs to another program, is found to be damaged, or was written by a newer Stompbox. It reads through a
 * read-only connection, so that a refused file and its write-ahead log do not change by a byte. An empty file passes: a crash right after
 * creation leaves one.
 * @param isForeign whether the file comes from elsewhere, so that its schema has to be compared and its tables checked.
 * @throws Failure `cache-corrupt`, `cache-newer`, `cache-locked` or `cache-failed`, each with the file.
 */
export const inspect = (file: string, kind: FileKind, isForeign = false): void => {
  try {
    const stat = statSync(file)
    if (!stat.isFile()) throw new Failure('cache-corrupt', { file }, 'not a file')
    // A log that is still there may be another file's, which shows in the schema only.
    const isDoubtful = isForeign || endedUnclean(file)
    const db = new Database(file, { readonly: true, timeout: busyTimeout })
    try {
      assertReadable(db)
      inspectOpened(db, kind, isDoubtful || stat.size <= kind.checkedUpTo)
      if (isDoubtful) inspectSchema(db, kind)
    } finally {
      db.close()
    }
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
}

/** @returns whether the schema of a file that can't be used is that of its kind and version. */
export const hasSchemaOf = (file: string, kind: FileKind): boolean => {
  try {
    inspect(file, kind, true)
    return true
  } catch (thrown) {
    return toFailure(thrown, file).error.code !== 'cache-corrupt'
  }
}

/**
 * Opens a further connection to a file that {@link openFile} has opened, on another thread: it is neither checked nor upgraded again.
 * @throws Failure as {@link inspect}.
 */
export const openAnother = (file: string, { prepare }: FileKind): WritableDatabase => {
  try {
    const db = new Database(file, { timeout: busyTimeout, fileMustExist: true })
    assertWritable(db)
    prepare(db)
    db.pragma('trusted_schema = OFF')
    db.pragma('foreign_keys = ON')
    return db
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
}

const openWritable = (file: string, { applicationId, migrations, prepare }: FileKind): WritableDatabase => {
  makePrivateFile(file)
  const db = new Database(file, { timeout: busyTimeout })
  try {
    assertWritable(db)
    prepare(db)
    db.pragma('journal_mode = WAL')
    db.pragma('trusted_schema = OFF')
    // Detects a read-only file early, and takes the lock where `prepare` asks for one.
    db.transaction(() => db.pragma(`application_id = ${applicationId}`)).exclusive()
    migrate(db, migrations)
    db.pragma('foreign_keys = ON')
    return db
  } catch (thrown) {
    db.close()
    throw thrown
  }
}

/**
 * Opens a file, creates it if needed, and upgrades it.
 * @throws Failure as {@link inspect}, and `disk-readonly` or `disk-full`.
 */
export const openFile = (file: string, kind: FileKind): WritableDatabase => {
  try {
    if (existsSync(file)) {
      accessSync(file, constants.R_OK | constants.W_OK)
      inspect(file, kind)
    }
    return openWritable(file, kind)
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
}

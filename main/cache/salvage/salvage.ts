/** Makes a fresh cache with what can be read of a damaged one. */
import { copyFileSync, linkSync, renameSync, rmSync, statSync } from 'node:fs'
import Database from 'better-sqlite3'
import { assertWritable, type WritableDatabase } from '../../sqlite/database.ts'
import { toFailure } from '../../sqlite/failures.ts'
import { logEnds } from '../../sqlite/put-aside.ts'
import { backupOf, migrate } from '../../sqlite/migrate.ts'
import { migrations } from '../migrations/index.ts'
import { openDatabase } from '../open.ts'
import { mendRooms } from './mend-rooms.ts'
import { readableRows, type Row } from './readable-rows.ts'
import { sensibleRow } from './row-checks.ts'

/** How much could be read. */
export interface Salvaged {
  messages: number
  /** Of these, how many were not sent yet. */
  unsent: number
  drafts: number
}

/** Objects that are rebuilt instead of copied. */
const derived = /^(search|reindexing$|sqlite_)/

type Tables = Map<string, string[]>

/** The columns of the tables that are copied, in the order in which the tables were made. */
const tablesOf = (db: Database.Database): Tables => {
  const names = db
    .prepare<[], string>(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY rowid`,
    )
    .pluck()
    .all()
  const columns = db.prepare<[string], string>('SELECT name FROM pragma_table_info(?) ORDER BY cid').pluck()
  return new Map(names.filter(name => !derived.test(name)).map(name => [name, columns.all(name)]))
}

const tablesOfVersion = (version: number): Tables => {
  const db = new Database(':memory:')
  try {
    assertWritable(db)
    migrate(db, migrations.slice(0, version))
    return tablesOf(db)
  } finally {
    db.close()
  }
}

const textOf = (tables: Tables): string => [...tables].map(String).sort().join()

/** @returns the version of the damaged file by its tables, because its header may be damaged too. */
const versionByTables = (damaged: Database.Database, found: Tables): number => {
  const newest = migrations.length
  const written = Number(damaged.pragma('user_version', { simple: true }))
  const versions = migrations.map((_, index) => newest - index)
  const likeliest = versions.includes(written) ? [written, ...versions] : versions
  return likeliest.find(version => textOf(tablesOfVersion(version)) === textOf(found)) ?? newest
}

/** @returns a function that copies rows into a table, and says of each whether the table took it. */
const createCopying = (to: WritableDatabase, table: string, columns: string[]) => {
  const names = columns.map(column => `"${column}"`).join()
  const values = columns.map(() => '?').join()
  const insert = to.prepare(`INSERT OR IGNORE INTO "${table}" (${names}) VALUES (${values})`)
  return (found: Row): boolean => {
    const row = sensibleRow(table, found)
    if (row === null) return false
    try {
      return insert.run(columns.map(column => row[column])).changes > 0
    } catch (thrown) {
      // Such as a message whose room could not be read.
      if (thrown instanceof Database.SqliteError && thrown.code.startsWith('SQLITE_CONSTRAINT')) return false
      throw thrown
    }
  }
}

const isUnsent = ({ delivery }: Row): boolean =>
  delivery === 'queued' || delivery === 'sent' || delivery === 'failed'

/** Copies table after table; the unsent messages come before the others. */
const copyTables = (damaged: Database.Database, found: Tables, fresh: WritableDatabase): Salvaged => {
  const bytes = statSync(damaged.name).size
  const copyTable = (table: string, wanted: (row: Row) => boolean): number => {
    const columns = (tablesOf(fresh).get(table) ?? []).filter(column => found.get(table)?.includes(column))
    if (columns.length === 0) return 0
    const copy = createCopying(fresh, table, columns)
    let count = 0
    fresh.transaction(() => {
      for (const row of readableRows(damaged, table, bytes)) if (wanted(row) && copy(row)) count += 1
    })()
    return count
  }
  const salvaged: Salvaged = { messages: 0, unsent: 0, drafts: 0 }
  for (const table of tablesOf(fresh).keys()) {
    if (table === 'messages') {
      salvaged.unsent = copyTable(table, isUnsent)
      salvaged.messages = salvaged.unsent + copyTable(table, row => !isUnsent(row))
    } else copyTable(table, () => true)
  }
  salvaged.drafts = Number(fresh.prepare(`SELECT count(*) FROM rooms WHERE draft <> ''`).pluck().get())
  return salvaged
}

const remove = (file: string): void => {
  for (const end of ['', ...logEnds]) rmSync(`${file}${end}`, { force: true })
  rmSync(backupOf(file), { force: true })
}

/** Fills the new file `to` with what can be read of the damaged one. @throws SqliteError, or RangeError for a file without rooms. */
const fill = (to: string, name: string): Salvaged => {
  remove(to)
  const damaged = new Database(name, { readonly: true })
  try {
    // Also reads what stands beside a damaged schema.
    damaged.unsafeMode(true)
    damaged.pragma('writable_schema = ON')
    const found = tablesOf(damaged)
    if (!found.has('rooms')) throw new RangeError('not a cache')
    const fresh = openDatabase(to, migrations.slice(0, versionByTables(damaged, found)))
    try {
      const salvaged = copyTables(damaged, found, fresh)
      migrate(fresh, migrations)
      mendRooms(fresh)
      return salvaged
    } finally {
      fresh.close()
    }
  } finally {
    damaged.close()
  }
}

/** Another name of the file, without its write-ahead log: that may be another file's. */
const withoutLog = (file: string, name: string): string => {
  try {
    linkSync(file, name)
  } catch {
    // File systems of memory cards have no links.
    copyFileSync(file, name)
  }
  return name
}

/** @returns what could be read, with the write-ahead log or without. @throws Failure `disk-full` or `disk-readonly` for the new file. */
const fillFromAny = (to: string, file: string): Salvaged => {
  const alone = `${file}.alone`
  try {
    for (const name of [() => file, () => withoutLog(file, alone)]) {
      try {
        return fill(to, name())
      } catch (thrown) {
        if (toFailure(thrown, to).error.code === 'disk-full') throw thrown
      }
    }
    remove(to)
    openDatabase(to).close()
    return { messages: 0, unsent: 0, drafts: 0 }
  } finally {
    remove(alone)
  }
}

/** The name of the new cache beside a damaged one; whatever has this name is complete. */
export const freshOf = (file: string): string => `${file}.new`

/**
 * Makes a new cache, {@link freshOf} the damaged file, which is only read. What can't be read is left out: servers that keep a history are
 * asked for all of it again.
 * @throws Failure `disk-full` or `disk-readonly`, with the file.
 */
export const salvage = (file: string): Salvaged => {
  const partial = `${file}.partial`
  try {
    const salvaged = fillFromAny(partial, file)
    renameSync(partial, freshOf(file))
    return salvaged
  } catch (thrown) {
    throw toFailure(thrown, file)
  } finally {
    remove(partial)
  }
}

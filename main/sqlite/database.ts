/** Databases by what may be done with them, so that what only asks can't be given more than it needs. */
import type Database from 'better-sqlite3'

declare const readable: unique symbol
declare const writable: unique symbol

/** A database for functions that only ask. */
export type ReadableDatabase = Pick<Database.Database, 'name' | 'prepare' | 'pragma'> & {
  readonly [readable]: true
}
/** The one database that may be changed; `open.ts` makes it. */
export type WritableDatabase = Database.Database & ReadableDatabase & { readonly [writable]: true }

/** @throws TypeError for a database that is closed. */
export function assertReadable(db: Database.Database): asserts db is Database.Database & ReadableDatabase {
  if (!db.open) throw new TypeError('the database is closed')
}

/** @throws TypeError for a database that is closed or was opened to be read. */
export function assertWritable(db: Database.Database): asserts db is WritableDatabase {
  if (!db.open || db.readonly) throw new TypeError('the database can’t be written')
}

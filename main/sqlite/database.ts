/** Branded database types: a function that only reads can't get a database that it could write to. */
import type Database from 'better-sqlite3'

declare const readable: unique symbol
declare const writable: unique symbol

/** A database for functions that only read. */
export type ReadableDatabase = Pick<Database.Database, 'name' | 'prepare' | 'pragma'> & {
  readonly [readable]: true
}
/** The one database that may be written to; made by `open.ts`. */
export type WritableDatabase = Database.Database & ReadableDatabase & { readonly [writable]: true }

/** @throws TypeError for a closed database. */
export function assertReadable(db: Database.Database): asserts db is Database.Database & ReadableDatabase {
  if (!db.open) throw new TypeError('the database is closed')
}

/** @throws TypeError for a database that is closed or read-only. */
export function assertWritable(db: Database.Database): asserts db is WritableDatabase {
  if (!db.open || db.readonly) throw new TypeError('the database can’t be written')
}

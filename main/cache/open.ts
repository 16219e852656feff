/** The cache's database file. */
import { mkdirSync } from 'node:fs'
import { dirname } from 'node:path'
import type { WritableDatabase } from '../sqlite/database.ts'
import { toFailure } from '../sqlite/failures.ts'
import type { Migration } from '../sqlite/migrate.ts'
import { openFile, type FileKind } from '../sqlite/open.ts'
import { migrations as ownMigrations } from './migrations/index.ts'

export const cacheFile: FileKind = {
  /** 'STBX' */
  applicationId: 0x53_54_42_58,
  migrations: ownMigrations,
  checkedUpTo: 64 * 1024 * 1024,
  prepare: db => {
    // Two messengers on one cache would send the outbox twice, so the file is ours alone while it is open.
    db.pragma('locking_mode = EXCLUSIVE')
    db.pragma('synchronous = NORMAL')
    // What is removed is overwritten, and not left in the file until something else needs its place.
    db.pragma('secure_delete = ON')
  },
}

/**
 * Opens the cache's database, makes it where there is none, and brings it up to date.
 * @param migrations those to apply; those of this version unless a test gives others.
 * @throws Failure `cache-corrupt`, `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full` or `cache-failed`, each with the file.
 */
export const openDatabase = (
  file: string,
  migrations: readonly Migration[] = cacheFile.migrations,
): WritableDatabase => {
  try {
    mkdirSync(dirname(file), { recursive: true })
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
  return openFile(file, { ...cacheFile, migrations })
}

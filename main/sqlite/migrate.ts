import { renameSync, rmSync, statSync } from 'node:fs'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { makePrivateFile } from './private-file.ts'

/** Changes the schema from one version to the next, in a transaction of its own. */
export type Migration = (db: WritableDatabase) => void

/** @returns the schema version; 0 for a new file. */
export const versionOf = (db: ReadableDatabase): number => Number(db.pragma('user_version', { simple: true }))

/** The path of the copy made before the latest upgrade. */
export const backupOf = (file: string): string => `${file}.before-upgrade`

/** How long the copy stays: long enough to go back to the old version. Deleted messages stay in it until then. Milliseconds. */
const backupKept = 30 * 24 * 60 * 60 * 1_000

const dropOldBackup = (file: string): void => {
  const writtenAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
  if (Date.now() - writtenAt > backupKept) rmSync(file)
}

/** Puts a copy beside the file, and replaces the one of an earlier upgrade only when the new copy is complete. */
const backUp = (db: WritableDatabase): void => {
  const partial = `${backupOf(db.name)}.partial`
  rmSync(partial, { force: true })
  try {
    makePrivateFile(partial)
    db.prepare('VACUUM INTO ?').run(partial)
    renameSync(partial, backupOf(db.name))
  } finally {
    rmSync(partial, { force: true })
  }
}

/**
 * Brings the schema up to `migrations.length`, each step in one transaction; a step that throws leaves the previous version in place.
 * A file with content is first copied to {@link backupOf}; the copy is deleted when the file is opened a month later. Foreign keys are
 * checked at the end of each step rather than within it, because rebuilding a table needs that
 * (https://sqlite.org/lang_altertable.html#otheralter); the caller switches them on afterwards.
 */
export const migrate = (db: WritableDatabase, migrations: readonly Migration[]): void => {
  const found = versionOf(db)
  if (found === migrations.length) {
    dropOldBackup(backupOf(db.name))
    return
  }
  if (found > 0) backUp(db)
  db.pragma('foreign_keys = OFF')
  for (const [index, migration] of migrations.entries()) {
    if (index < found) continue
    db.transaction(() => {
      migration(db)
      db.pragma(`user_version = ${index + 1}`)
      const broken = db.prepare('PRAGMA foreign_key_check').all()
      if (broken.length > 0) throw new Error(`migration ${index + 1} breaks ${broken.length} references`)
    })()
  }
}

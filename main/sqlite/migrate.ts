import { renameSync, rmSync, statSync } from 'node:fs'
import type { ReadableDatabase, WritableDatabase } from './database.ts'
import { makePrivateFile } from './private-file.ts'

/** Changes the schema from one version to the next; runs in a transaction of its own. */
export type Migration = (db: WritableDatabase) => void

/** @returns the schema's version; 0 for a file that has none yet. */
export const versionOf = (db: ReadableDatabase): number => Number(db.pragma('user_version', { simple: true }))

/** Where the copy from before the latest upgrade is kept. */
export const backupOf = (file: string): string => `${file}.before-upgrade`

/** Milliseconds: time enough to find out that the old version was better. What is deleted in the file stays in the copy. */
const backupKept = 30 * 24 * 60 * 60 * 1_000

const dropOldBackup = (file: string): void => {
  const writtenAt = statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? Infinity
  if (Date.now() - writtenAt > backupKept) rmSync(file)
}

/** Leaves a whole copy beside the file; what is there from an earlier upgrade is replaced only when the new one is complete. */
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
 * Brings the schema up to `migrations.length`, each step in one transaction: a step that throws leaves the version before it.
 * A file that has content already is copied to {@link backupOf} first; that goes when the file is opened a month later. References are checked
 * at the end of each step and not within, as rebuilding a table needs (https://sqlite.org/lang_altertable.html#otheralter); who opens
 * switches them on afterwards.
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

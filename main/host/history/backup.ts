/**
 * Backs up the whole history of a host to one file, while the host runs or not, and restores it while the host does not
 * run.
 */
import {
  closeSync,
  copyFileSync,
  existsSync,
  fsyncSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { Failure } from '../../../shared/contract/errors.ts'
import { toFailure } from '../../sqlite/failures.ts'
import { inspect } from '../../sqlite/open.ts'
import { makePrivateFile } from '../../sqlite/private-file.ts'
import { hostFile, lockFolder } from './database.ts'

const fileIn = (folder: string): string => join(folder, 'host.sqlite')

/** The path to which `restore` moves the file that it replaces. */
export const replacedIn = (folder: string): string => `${fileIn(folder)}.before-restore`

/** Syncs the file to disk: neither SQLite's VACUUM INTO nor a copy does. */
const settle = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Copies a database, including its write-ahead log, to a temporary file beside `target`, and renames that file when it
 * is complete.
 * @param makeWay is called just before the rename.
 */
const copyWhole = (source: string, target: string, makeWay: () => void = () => undefined): void => {
  const partial = `${target}.partial`
  try {
    rmSync(partial, { force: true })
    makePrivateFile(partial)
    const database = new Database(source, { readonly: true })
    try {
      database.prepare('VACUUM INTO ?').run(partial)
    } finally {
      database.close()
    }
    settle(partial)
    makeWay()
    renameSync(partial, target)
  } catch (thrown) {
    rmSync(partial, { force: true })
    throw toFailure(thrown, target)
  }
}

const inspectAs = (file: string, isForeign: boolean): void => {
  if (!existsSync(file)) throw new Failure('file-unreadable', { file })
  inspect(file, hostFile, isForeign)
}

/**
 * Writes everything that the host in `folder` has stored, as of now, to `file`. The host may keep running.
 * @param force replaces an existing file.
 * @throws {Failure} `file-exists`; `file-unreadable` if there is no host; as {@link
 *   import('./database.ts').openDatabase}.
 */
export const backUp = (folder: string, file: string, force: boolean): void => {
  const source = fileIn(folder)
  inspectAs(source, false)
  // The running host would keep writing to a file that was replaced.
  const replaceable = force && existsSync(file) && realpathSync(file) !== realpathSync(source)
  if (existsSync(file) && !replaceable) throw new Failure('file-exists', { file })
  copyWhole(source, file)
}

/**
 * Copies the current file, in whatever state it is, to another name, and moves its log there, which must not be applied
 * to the new file. The original stays in place until it is replaced, so an interrupted restore loses nothing.
 */
const keepAside = (folder: string): void => {
  const file = fileIn(folder)
  if (!existsSync(file)) return
  try {
    const database = new Database(file)
    try {
      database.pragma('wal_checkpoint(TRUNCATE)')
    } finally {
      database.close()
    }
  } catch {
    // The file is damaged, which may be the reason for the restore.
  }
  const aside = replacedIn(folder)
  for (const ending of ['-wal', '-shm']) rmSync(aside + ending, { force: true })
  copyFileSync(file, aside)
  settle(aside)
  for (const ending of ['-wal', '-shm'])
    if (existsSync(file + ending)) renameSync(file + ending, aside + ending)
}

/**
 * Makes a backup written by {@link backUp} the history of the host in `folder`.
 * @param force replaces an existing history; the old one stays beside it as {@link replacedIn}.
 * @throws {Failure} `file-exists`; `cache-locked` while a host runs; as {@link import('./database.ts').openDatabase}
 *   for the backup.
 */
export const restore = (folder: string, file: string, force: boolean): void => {
  const target = fileIn(folder)
  inspectAs(file, true)
  const unlock = lockFolder(folder)
  try {
    if (existsSync(target) && !force) throw new Failure('file-exists', { file: target })
    copyWhole(file, target, () => keepAside(folder))
  } finally {
    unlock()
  }
}

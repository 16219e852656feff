/** The whole history of a host in one file, taken while it runs or not, and brought back while it does not. */
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

/** What `restore` has replaced. */
export const replacedIn = (folder: string): string => `${fileIn(folder)}.before-restore`

/** Waits until the file is on the disk: neither SQLite's VACUUM INTO nor a copy does. */
const settle = (file: string): void => {
  const handle = openSync(file, 'r+')
  try {
    fsyncSync(handle)
  } finally {
    closeSync(handle)
  }
}

/**
 * Copies a database, with what is in its write-ahead log, to a file beside `target`, which gets that name only when it is complete.
 * @param makeWay is called just before that.
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
 * Writes everything that the host in `folder` keeps, as it is at this moment, to `file`. The host may run and go on meanwhile.
 * @param force replaces a file that is there.
 * @throws {Failure} `file-exists`; `file-unreadable` where there is no host; as {@link import('./database.ts').openDatabase}.
 */
export const backUp = (folder: string, file: string, force: boolean): void => {
  const source = fileIn(folder)
  inspectAs(source, false)
  // The host would go on writing to what is no more.
  const replaceable = force && existsSync(file) && realpathSync(file) !== realpathSync(source)
  if (existsSync(file) && !replaceable) throw new Failure('file-exists', { file })
  copyWhole(source, file)
}

/**
 * Keeps what is there, whatever state it is in, under another name. It stays where it is, but for the log that must not meet the new file:
 * who is interrupted still has the old one.
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
    // It is damaged: that may be why there is a backup to bring back.
  }
  const aside = replacedIn(folder)
  for (const ending of ['-wal', '-shm']) rmSync(aside + ending, { force: true })
  copyFileSync(file, aside)
  settle(aside)
  for (const ending of ['-wal', '-shm'])
    if (existsSync(file + ending)) renameSync(file + ending, aside + ending)
}

/**
 * Makes what {@link backUp} has written the history of the host in `folder`.
 * @param force replaces a history that is there; it stays beside the new one as {@link replacedIn}.
 * @throws {Failure} `file-exists`; `cache-locked` where a host runs; as {@link import('./database.ts').openDatabase} for the backup.
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

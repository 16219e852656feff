import Database from 'better-sqlite3'
import { Failure, type ErrorCode } from '../../shared/contract/errors.ts'

/** SQLite's result codes (https://sqlite.org/rescode.html), matched by prefix so that extended codes are included. */
const bySqlite: [prefix: string, code: ErrorCode][] = [
  ['SQLITE_FULL', 'disk-full'],
  // On a full disk the index beside the write-ahead log fails first.
  ['SQLITE_IOERR_SHM', 'disk-full'],
  ['SQLITE_READONLY', 'disk-readonly'],
  ['SQLITE_CANTOPEN', 'disk-readonly'],
  ['SQLITE_PERM', 'disk-readonly'],
  ['SQLITE_CORRUPT', 'cache-corrupt'],
  ['SQLITE_NOTADB', 'cache-corrupt'],
  ['SQLITE_BUSY', 'cache-locked'],
  ['SQLITE_LOCKED', 'cache-locked'],
]

/** Errors of the file system, which come before SQLite sees the file. */
const bySystem: Partial<Record<string, ErrorCode>> = {
  ENOSPC: 'disk-full',
  EDQUOT: 'disk-full',
  EACCES: 'disk-readonly',
  EPERM: 'disk-readonly',
  EROFS: 'disk-readonly',
  EEXIST: 'disk-readonly',
  EISDIR: 'disk-readonly',
  ENOENT: 'disk-readonly',
  ENOTDIR: 'disk-readonly',
}

const codeOf = (thrown: unknown): ErrorCode => {
  if (!(thrown instanceof Error) || !('code' in thrown)) return 'cache-failed'
  const reason = String(thrown.code)
  if (thrown instanceof Database.SqliteError) {
    return bySqlite.find(([prefix]) => reason.startsWith(prefix))?.[1] ?? 'cache-failed'
  }
  return bySystem[reason] ?? 'cache-failed'
}

/** @returns an exception of the database in `file` as a {@link Failure} that a person can act on; a Failure is returned unchanged. */
export const toFailure = (thrown: unknown, file: string): Failure =>
  thrown instanceof Failure ? thrown : new Failure(codeOf(thrown), { file }, thrown)

import { existsSync, writeFileSync } from 'node:fs'

/**
 * Creates an empty file that only its owner can read. SQLite accepts it as a new database and gives its logs the same permissions; by
 * itself SQLite creates files that everybody on the computer can read. An existing file is not opened, because closing it would drop this
 * process's locks on it (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
export const makePrivateFile = (file: string): void => {
  if (!existsSync(file)) writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
}

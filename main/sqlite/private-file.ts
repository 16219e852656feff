import { existsSync, writeFileSync } from 'node:fs'

/**
 * Makes an empty file that its owner alone may read. SQLite takes that for a new database, and gives its logs the same permissions; of its
 * own accord it makes files that everybody on the computer may read. A file that is there is not even opened: closing it would take away
 * the locks that this process has on it (https://sqlite.org/howtocorrupt.html#_posix_advisory_locks_canceled_by_a_separate_thread_doing_close_).
 */
export const makePrivateFile = (file: string): void => {
  if (!existsSync(file)) writeFileSync(file, '', { flag: 'wx', mode: 0o600 })
}

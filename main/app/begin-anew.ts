/** What a person may do about a file that keeps the app from starting: put it aside, and begin with a new one. */
import { rename } from 'node:fs/promises'
import type { AppError } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'
import { keepAside } from '../files/aside.ts'
import { patiently } from '../files/patient.ts'

/** SQLite's logs beside a database. */
const logs = ['-wal', '-shm']

/** @returns the file that may be put aside; null where another remedy is the right one. */
export const fileToPutAside = ({ code, params }: AppError): string | null =>
  (code === 'cache-corrupt' || code === 'file-broken') && typeof params?.file === 'string'
    ? params.file
    : null

/**
 * Puts the file of `error` aside. A damaged cache is followed by a new one that holds what could be read of the outbox and the drafts; it
 * is whole before the old one goes.
 * @throws Failure of the new cache, or the system's error; the old file is then in its place.
 */
export const beginAnew = async (error: AppError, log: Log): Promise<void> => {
  const file = fileToPutAside(error)
  if (file === null) return
  // Only a damaged cache needs a database on this thread.
  const fresh = error.code === 'cache-corrupt' ? (await import('../cache/rescue.ts')).rescueCache(file) : null
  const aside = await keepAside(file, logs)
  if (fresh !== null) await patiently(() => rename(fresh, file))
  log.warn('file-put-aside', { file, aside })
}

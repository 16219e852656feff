/** The remedy for a damaged file that keeps the app from starting: rename it and start with a new one. */
import { rename } from 'node:fs/promises'
import type { AppError } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'
import { keepAside } from '../files/aside.ts'
import { patiently } from '../files/patient.ts'

/** SQLite's logs beside a database. */
const logs = ['-wal', '-shm']

/** @returns the file that may be renamed; null where another remedy is needed. */
export const fileToPutAside = ({ code, params }: AppError): string | null =>
  (code === 'cache-corrupt' || code === 'file-broken') && typeof params?.file === 'string'
    ? params.file
    : null

/**
 * Renames the file of `error`. A damaged cache is replaced by a new one with the readable part of the outbox and the drafts, which is
 * complete before the old file is renamed.
 * @throws Failure of the new cache, or the system's error; then the old file is still in place.
 */
export const startFresh = async (error: AppError, log: Log): Promise<void> => {
  const file = fileToPutAside(error)
  if (file === null) return
  // Loaded on demand: only a damaged cache needs SQLite on this thread.
  const fresh = error.code === 'cache-corrupt' ? (await import('../cache/rescue.ts')).rescueCache(file) : null
  const aside = await keepAside(file, logs)
  if (fresh !== null) await patiently(() => rename(fresh, file))
  log.warn('file-put-aside', { file, aside })
}

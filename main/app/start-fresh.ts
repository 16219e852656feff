/** The remedy for a damaged file that keeps the app from starting: rename it and start with a new one. */
import type { AppError } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'
import { keepAside } from '../files/aside.ts'

/** @returns the file that may be renamed; null where another remedy is needed. */
export const fileToPutAside = ({ code, params }: AppError): string | null =>
  code === 'file-broken' && typeof params?.file === 'string' ? params.file : null

/** Renames the file of `error`. Rejects with the system's error; then the file is still in place. */
export const startFresh = async (error: AppError, log: Log): Promise<void> => {
  const file = fileToPutAside(error)
  if (file === null) return
  log.warn('file-put-aside', { file, aside: await keepAside(file) })
}

/** Writes small files atomically, even if the power fails. */
import { mkdir, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import { Failure } from '../../shared/contract/errors.ts'
import { patiently, systemCode } from './patient.ts'

/** @returns an error of the file system as one that a person can act on; any other unchanged. */
export const fileFailure = (thrown: unknown, file: string): unknown => {
  const code = systemCode(thrown)
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Failure('disk-full', undefined, thrown)
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS' || code === 'EBUSY') {
    return new Failure('disk-readonly', { file }, thrown)
  }
  return thrown
}

const writeWhole = async (file: string, text: string): Promise<void> => {
  const handle = await open(file, 'w', 0o600)
  try {
    await handle.writeFile(text)
    await handle.sync()
  } finally {
    await handle.close()
  }
}

/**
 * Writes `text` to `file`, which keeps its old content until all of the new is on disk. Creates the folder if needed. While another
 * program holds the file, it retries for a second.
 * @throws Failure `disk-full` or `disk-readonly`.
 */
export const writeFileAtomic = async (file: string, text: string): Promise<void> => {
  const unfinished = `${file}.tmp`
  try {
    await mkdir(dirname(file), { recursive: true })
    await patiently(() => writeWhole(unfinished, text))
    await patiently(() => rename(unfinished, file))
  } catch (thrown) {
    await rm(unfinished, { force: true }).catch(() => undefined)
    throw fileFailure(thrown, file)
  }
}

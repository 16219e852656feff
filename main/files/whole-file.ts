import { open, rename, rm, type FileHandle } from 'node:fs/promises'
import { fileFailure } from './atomic-file.ts'
import { patiently } from './patient.ts'

/**
 * Writes a file of any size; it gets its name when all of it is on disk, so that there is never half a file. It can be read by its owner only.
 * @param write writes the content, and throws to give up.
 * @throws Failure `disk-full` or `disk-readonly`, and what `write` throws.
 */
export const writeWholeFile = async (
  file: string,
  write: (handle: FileHandle) => Promise<void>,
): Promise<void> => {
  const partial = `${file}.partial`
  try {
    const handle = await open(partial, 'w', 0o600)
    try {
      await write(handle)
      await handle.sync()
    } finally {
      await handle.close()
    }
    await patiently(() => rename(partial, file))
  } catch (thrown) {
    await rm(partial, { force: true }).catch(() => undefined)
    throw fileFailure(thrown, file)
  }
}

/** Replaces a damaged cache by a new one, which has everything that could be read. */
import { existsSync } from 'node:fs'
import type { CacheRecovery } from '../../shared/contract/desktop-commands.ts'
import type { WritableDatabase } from '../sqlite/database.ts'
import { toFailure } from '../sqlite/failures.ts'
import { hasSchemaOf } from '../sqlite/open.ts'
import { putAside, renamePatiently } from '../sqlite/put-aside.ts'
import { cacheFile, openDatabase } from './open.ts'
import { freshOf, salvage } from './salvage/salvage.ts'

/** @returns whether an error says that the file is damaged. Damage to the schema alone shows as a statement that can't be prepared. */
const isDamage = (thrown: unknown, file: string): boolean => {
  const { code } = toFailure(thrown, file).error
  return code === 'cache-corrupt' || (code === 'cache-failed' && !hasSchemaOf(file, cacheFile))
}

/** @returns the time in UTC as a part of a file's name. */
const stampOf = (time: number): string =>
  new Date(time).toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-')

/**
 * Puts a damaged file aside as `<file>.corrupt-<time>`, once a new one with everything that could be read is complete. The file is closed.
 * @throws Failure `disk-full` or `disk-readonly`; then the damaged file is where it was.
 */
export const recover = (file: string): CacheRecovery => {
  const salvaged = salvage(file)
  const at = Date.now()
  try {
    const aside = putAside(file, `corrupt-${stampOf(at)}`)
    renamePatiently(freshOf(file), file)
    return { aside, at, ...salvaged }
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
}

/** A crash between the two renames of {@link recover} has left only the new file. */
const finishRecovery = (file: string): void => {
  if (!existsSync(file) && existsSync(freshOf(file))) renamePatiently(freshOf(file), file)
}

export interface Recovered<Opened> {
  opened: Opened
  /** Null for a file that was not damaged. */
  recovery: CacheRecovery | null
}

/**
 * Opens the cache in `file`, and recovers it first if it is damaged.
 * @param use makes of the opened database what the caller works with; it may show damage as well.
 * @throws Failure `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full` or `cache-failed`, each with the file.
 */
export const openRecovered = <Opened>(
  file: string,
  use: (db: WritableDatabase) => Opened,
): Recovered<Opened> => {
  const open = (): Opened => {
    const db = openDatabase(file)
    try {
      return use(db)
    } catch (thrown) {
      db.close()
      throw thrown
    }
  }
  try {
    finishRecovery(file)
    return { opened: open(), recovery: null }
  } catch (thrown) {
    if (!isDamage(thrown, file)) throw toFailure(thrown, file)
  }
  const recovery = recover(file)
  try {
    return { opened: open(), recovery }
  } catch (thrown) {
    throw toFailure(thrown, file)
  }
}

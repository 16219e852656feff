/** What the tests of the cache share: a folder of their own, and the cache on a file in it. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { createCache, type CacheCalls } from '../../../main/cache/cache.ts'
import { openCache } from '../../../main/cache/client.ts'
import type { KeptCache } from '../../../main/cache/kept-cache.ts'
import type { WritableDatabase } from '../../../main/sqlite/database.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { Failure, type AppError } from '../../../shared/contract/errors.ts'
import { home, server } from '../../shared/core/message-cache/fixtures.ts'
import { aRoom, workerUrl } from './writing.ts'

export { aRoom, workerUrl }

/** @returns a folder that goes with the test. */
export const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stompbox-cache-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return folder
}

/** A disk of its own; null where this user may not mount one. @param size as `mount` takes it. */
export const smallDisk = (size = '1m'): string | null => {
  const folder = newFolder()
  const mount = (...given: string[]) => spawnSync('mount', [...given, folder]).status === 0
  if (!mount('-t', 'tmpfs', '-o', `size=${size}`, 'tmpfs')) return null
  onTestFinished(() => void spawnSync('umount', ['--lazy', folder]))
  return folder
}

/** @returns the path of a database that is not there yet. */
export const newFile = (): string => join(newFolder(), 'messages.db')

/** Opens the database in this thread; it is closed with the test. */
export const openHere = (...given: Parameters<typeof openDatabase>): WritableDatabase => {
  const db = openDatabase(...given)
  onTestFinished(() => {
    db.close()
  })
  return db
}

/** Opens the cache through its own thread; it is closed with the test. */
export const openThread = async (file: string, worker = workerUrl): Promise<KeptCache> => {
  const { cache } = await openCache({ file, worker })
  onTestFinished(() => cache.close().catch(() => undefined))
  return cache
}

/** Gives an empty cache the server `home` and its rooms `general` and `random`. */
export const furnish = (cache: CacheCalls): CacheCalls => {
  cache.saveServer(server(home))
  cache.saveRoom(aRoom('general'))
  cache.saveRoom(aRoom('random'))
  return cache
}

/** A furnished cache in this thread. */
export const cacheHere = (file = newFile()): CacheCalls => furnish(createCache(openHere(file)))

/** @returns the error that `work` fails with. */
export const errorOf = (work: () => unknown): AppError | null => {
  try {
    work()
  } catch (thrown) {
    if (thrown instanceof Failure) return thrown.error
    throw thrown
  }
  return null
}

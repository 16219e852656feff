/** What the tests of the cache share: a folder of their own, and the cache on a file in it. */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openCache } from '../../../main/cache/client.ts'
import type { MessageCache } from '../../../shared/core/ports.ts'

export const workerUrl = new URL('../../../main/cache/worker.ts', import.meta.url)

/** @returns the path of a database that is not there yet; it goes with the test. */
export const newFile = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stompbox-cache-'))
  onTestFinished(() => {
    rmSync(folder, { recursive: true, force: true })
  })
  return join(folder, 'messages.db')
}

/** Opens the cache through its thread; it is closed with the test. */
export const openIn = async (file: string): Promise<MessageCache> => {
  const cache = await openCache({ file, worker: workerUrl })
  onTestFinished(async () => {
    await cache.close().catch(() => null)
  })
  return cache
}

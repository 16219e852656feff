import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { openCache } from '../../../main/cache/client.ts'
import { messageCacheContract } from '../../shared/core/message-cache-contract.ts'
import { workerUrl } from './fixtures.ts'

const folder = mkdtempSync(join(tmpdir(), 'stompbox-cache-'))
afterAll(() => {
  rmSync(folder, { recursive: true })
})

let files = 0
messageCacheContract('SQLite in its thread', async () => {
  const file = join(folder, `${++files}.db`)
  const open = async () => (await openCache({ file, worker: workerUrl })).cache
  let cache = await open()
  return {
    cache,
    async reopen() {
      await cache.close()
      cache = await open()
      return cache
    },
  }
})

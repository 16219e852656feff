import { memoryCache, emptyDisk } from './memory-cache.ts'
import { messageCacheContract } from './message-cache-contract.ts'

messageCacheContract('memory', () => {
  const disk = emptyDisk()
  return Promise.resolve({ cache: memoryCache(disk), reopen: () => Promise.resolve(memoryCache(disk)) })
})

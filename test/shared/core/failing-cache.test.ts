/** A cache that fails for a moment, under a messenger at a real host. */
import { expect, test } from 'vitest'
import { Failure } from '../../../shared/contract/errors.ts'
import type { MessageCache } from '../../../shared/core/ports.ts'
import { emptyDisk, memoryCache } from './memory-cache.ts'
import { guestOf, startHost } from './people.ts'
import { until } from './until.ts'

test('an outbox that could not be read is read again, and what waits goes out', async () => {
  const cache = memoryCache(emptyDisk())
  let failures = 1
  const listOutbox: MessageCache['listOutbox'] = server =>
    failures-- > 0 ? Promise.reject(new Failure('cache-failed')) : cache.listOutbox(server)
  const ada = await guestOf(await startHost(), 'Ada', { cache: { ...cache, listOutbox } })
  const { key } = await ada.room('general')
  await ada.messenger.commands.sendMessage({ room: key, content: 'hello' })
  await until(async () => expect((await ada.messages(key)).at(-1)?.delivery).toBe('confirmed'))
})

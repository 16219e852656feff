/** A cache that fails for a moment, under a messenger at a real host. */
import { expect, test } from 'vitest'
import { Failure } from '../../../../shared/contract/errors.ts'
import type { MessageCache } from '../../../../shared/core/ports.ts'
import { emptyDisk, memoryCache } from '../memory-cache.ts'
import { guestOf, startHost } from '../people.ts'
import { until } from '../until.ts'

/** @returns a cache of which one method fails the first time. */
const failingOnce = (name: 'listOutbox' | 'resumePoint' | 'saveRoom'): MessageCache => {
  const cache = memoryCache(emptyDisk())
  let failures = 1
  const check = <Value>(called: string, work: () => Promise<Value>): Promise<Value> =>
    called === name && failures-- > 0 ? Promise.reject(new Failure('cache-failed')) : work()
  return {
    ...cache,
    listOutbox: server => check('listOutbox', () => cache.listOutbox(server)),
    resumePoint: room => check('resumePoint', () => cache.resumePoint(room)),
    saveRoom: room => check('saveRoom', () => cache.saveRoom(room)),
  }
}

test.each(['listOutbox', 'resumePoint', 'saveRoom'] as const)(
  'where %s fails once, messages go out and come in all the same',
  async name => {
    const host = await startHost()
    const ada = await guestOf(host, 'Ada', { cache: failingOnce(name) })
    const { key } = await ada.room('general')
    await ada.messenger.commands.sendMessage({ room: key, content: 'hello' })
    await until(async () => expect((await ada.messages(key)).at(-1)?.delivery).toBe('confirmed'))
    const bob = await guestOf(host, 'Bob')
    await bob.messenger.commands.sendMessage({ room: (await bob.room('general')).key, content: 'hi' })
    await until(async () => expect(await ada.texts(key)).toEqual(['hello', 'hi']))
  },
)

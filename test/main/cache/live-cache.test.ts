import { expect, onTestFinished, test } from 'vitest'
import { openCache } from '../../../main/cache/client.ts'
import type { CacheRecovery } from '../../../shared/contract/desktop-commands.ts'
import type { MessageId } from '../../../shared/contract/model.ts'
import { codeOf, general, home } from '../../shared/core/message-cache/fixtures.ts'
import { spoilPage } from './damage.ts'
import { writeCache } from './damaged-cache.ts'
import { newFile, workerUrl } from './fixtures.ts'

test('damage that is met while the cache is in use is recovered, and the call is carried out', async () => {
  const file = newFile()
  writeCache(file)
  const recovered: CacheRecovery[] = []
  const { cache, recovery } = await openCache({
    file,
    worker: workerUrl,
    onRecovered: found => recovered.push(found),
  })
  onTestFinished(() => cache.close().catch(() => undefined))
  expect(recovery).toBeNull()
  spoilPage(file, 'text of m500')
  const all: MessageId[] = []
  let before: MessageId | undefined
  do {
    const page = await cache.listMessages({ room: general, before, limit: 200 })
    all.unshift(...page.messages.map(({ id }) => id))
    before = page.hasEarlier ? page.messages[0]?.id : undefined
  } while (before !== undefined)
  expect(recovered).toMatchObject([{ unsent: 3, drafts: 1 }])
  expect(all).toContain('m0')
  expect(all).toContain('m1999')
  expect(all).not.toContain('m500')
  expect((await cache.listOutbox(home)).map(({ message }) => message.id)).toEqual(['queued', 'sent'])
  expect(await codeOf(cache.saveDraft(general, 'goes on'))).toBe('no Failure but null')
})

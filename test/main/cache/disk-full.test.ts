import { spawnSync } from 'node:child_process'
import { appendFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { openCache } from '../../../main/cache/client.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import type { MessageCache } from '../../../shared/core/ports.ts'
import { codeOf, general, home, kept, mine, server } from '../../shared/core/message-cache/fixtures.ts'
import { aRoom, errorOf, furnish, newFile, openHere, smallDisk, workerUrl } from './fixtures.ts'

const batch = (n: number) =>
  Array.from({ length: 50 }, (_, each) => kept(`m${n * 50 + each}`, n * 50 + each, n * 50 + each))

const fill = async (cache: MessageCache): Promise<{ stored: number; code: string }> => {
  for (let n = 0; n < 1000; n++) {
    const code = await cache.storeMessages(batch(n)).then(
      () => null,
      () => codeOf(cache.storeMessages(batch(n))),
    )
    if (code) return { stored: n * 50, code }
  }
  return { stored: 50_000, code: 'never full' }
}

test('a really full disk is told, loses nothing, and goes on when there is room again', async ({ skip }) => {
  const disk = smallDisk()
  if (disk === null) return skip('mounting a small disk needs root')
  const file = join(disk, 'messages.db')
  let { cache } = await openCache({ file, worker: workerUrl })
  onTestFinished(() => cache.close().catch(() => undefined))
  await cache.saveServer(server(home))
  await cache.saveRoom(aRoom('general'))
  const { stored, code } = await fill(cache)
  expect(code).toBe('disk-full')
  expect(stored).toBeGreaterThan(0)
  expect(await codeOf(cache.queueMessage(mine('out', 1, { content: 'x'.repeat(20_000) })))).toBe('disk-full')
  expect(await cache.resumePoint(general)).toMatchObject({ offset: stored - 1 })
  expect((await cache.listMessages({ room: general, limit: 1 })).messages[0]?.id).toBe(`m${stored - 1}`)

  expect(spawnSync('mount', ['-o', 'remount,size=8m', disk]).status).toBe(0)
  await cache.storeMessages(batch(stored / 50))
  await cache.queueMessage(mine('out', 1))
  await cache.close()
  ;({ cache } = await openCache({ file, worker: workerUrl }))
  expect(await cache.resumePoint(general)).toMatchObject({ offset: stored + 49 })
  expect(await cache.listOutbox(home)).toHaveLength(1)
})

test('a disk that is full at the start is told, and what is on it opens when there is room again', ({
  skip,
}) => {
  const disk = smallDisk()
  if (disk === null) return skip('mounting a small disk needs root')
  const file = join(disk, 'messages.db')
  const filler = join(disk, 'filler')
  furnish(createCache(openDatabase(file))).close()
  expect(() => {
    for (;;) appendFileSync(filler, Buffer.alloc(4096))
  }).toThrow('ENOSPC')
  expect(errorOf(() => openDatabase(file))).toMatchObject({ code: 'disk-full', params: { file } })
  rmSync(filler)
  expect(createCache(openHere(file)).load().rooms).toHaveLength(2)
})

test('a file that may not grow is a full disk: the call that does not fit leaves no trace', () => {
  const db = openHere(newFile())
  const cache = furnish(createCache(db))
  cache.storeMessages(batch(0))
  const before = { state: cache.load(), page: cache.listMessages({ room: general, limit: 200 }) }
  db.pragma(`max_page_count = ${Number(db.pragma('page_count', { simple: true })) + 2}`)
  const big = mine('big', 1, { content: 'x'.repeat(20_000) })
  expect(() => cache.queueMessage(big)).toThrow('database or disk is full')
  expect({ state: cache.load(), page: cache.listMessages({ room: general, limit: 200 }) }).toEqual(before)
  expect(cache.searchMessages({ query: 'xxx', limit: 5 }).hits).toEqual([])
})

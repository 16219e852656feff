import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import type { ArrivedMessage } from '../../../shared/core/ports.ts'
import { general, home, id, kept, live, mine } from '../../shared/core/message-cache/fixtures.ts'
import { cacheHere, furnish, newFile, openHere, openThread } from './fixtures.ts'

const secret = 'xylophone 비밀번호'
/** Long enough to need pages of its own. */
const secretText = `${secret} ${'z'.repeat(20_000)}`
const said = (from: number, to: number): ArrivedMessage[] =>
  Array.from({ length: to - from }, (_, n) => kept(`m${from + n}`, from + n, from + n))
const deletion = (target: string, targetOffset: number, offset: number): ArrivedMessage =>
  kept('gone', offset, offset, {
    type: 'DELETE',
    content: '',
    relation: { kind: 'delete', target: id(target), targetOffset },
  })

/** What of the secret any file beside the database, or the database, holds: of its text, or of its words in the index. */
const leftIn = (file: string): string[] => {
  const files = readdirSync(dirname(file)).map(name => readFileSync(join(dirname(file), name)))
  return [secret, 'xylophone', '비밀번호', '밀번', 'z'.repeat(8)].filter(word =>
    files.some(bytes => bytes.includes(word)),
  )
}
const nothingLeft = (file: string) => expect.poll(() => leftIn(file)).toEqual([])

test('of a deleted message the disk keeps no word, in the thread that the app uses', async () => {
  const file = newFile()
  furnish(createCache(openDatabase(file))).close()
  const cache = await openThread(file)
  await cache.storeMessages([
    ...said(0, 300),
    kept('s', 300, 300, { content: secretText }),
    ...said(301, 600),
  ])
  expect(leftIn(file)).toContain('xylophone')
  await cache.storeMessages([deletion('s', 300, 600)])
  await nothingLeft(file)
  expect((await cache.searchMessages({ query: 'text', limit: 100 })).hits).toHaveLength(100)
})

test('nor of one that was taken back, or whose server was removed', async () => {
  const file = newFile()
  const cache = cacheHere(file)
  cache.queueMessage(mine('s', 1, { content: secretText }))
  cache.discardMessage(general, id('s'))
  await nothingLeft(file)
  cache.storeMessages([live('t', 2, { content: secretText })])
  cache.removeServer(home)
  await nothingLeft(file)
})

test('what was not done when the app ended is done at its next start', async () => {
  const file = newFile()
  const db = openDatabase(file)
  const cache = furnish(createCache(db))
  cache.storeMessages([...said(0, 300), kept('s', 300, 300, { content: secretText })])
  cache.storeMessages([deletion('s', 300, 301)])
  cache.close()
  expect(leftIn(file)).toContain('xylophone')
  createCache(openHere(file))
  await nothingLeft(file)
})

import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { general, home, id } from '../../shared/core/message-cache/fixtures.ts'
import { newFile, openHere } from './fixtures.ts'

test('what has answered is there after the program was killed in the middle of writing', async () => {
  const file = newFile()
  const writer = spawn(process.execPath, [fileURLToPath(new URL('writer.ts', import.meta.url)), file], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  onTestFinished(() => void writer.kill('SIGKILL'))
  let said = ''
  writer.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text
    if (said.length > 20_000) writer.kill('SIGKILL')
  })
  await once(writer, 'close')
  const answered = said.slice(0, said.lastIndexOf('\n')).split('\n')
  expect(answered.length).toBeGreaterThan(1000)

  const db = openHere(file)
  const cache = createCache(db)
  const has = db.prepare('SELECT 1 FROM messages WHERE id = ?')
  expect(answered.filter(each => has.get(each) === undefined)).toEqual([])

  // Whatever was under way is there wholly, with its room's summary, its cursor and its words, or not at all.
  const ids = db.prepare<[], string>('SELECT id FROM messages').pluck().all()
  const arrived = ids.filter(each => each.startsWith('in'))
  expect(arrived.length % 20).toBe(0)
  const newest = arrived.length - 1
  expect(cache.resumePoint(general)).toEqual({ offset: newest, id: `in${newest}` })
  expect(cache.load().rooms[0]?.unread).toBe(arrived.length)
  expect(cache.listOutbox(home)).toHaveLength(ids.length - arrived.length)
  expect(db.prepare(`SELECT count(*) FROM search ('text')`).pluck().get()).toBe(ids.length)
  expect(cache.markRead(general, id(`in${newest}`)).unread).toBe(0)
})

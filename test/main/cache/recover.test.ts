import {
  appendFileSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { basename, dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createCache, type CacheCalls } from '../../../main/cache/cache.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { openRecovered } from '../../../main/cache/recover.ts'
import { salvage } from '../../../main/cache/salvage/salvage.ts'
import { general, home, id, kept, random } from '../../shared/core/message-cache/fixtures.ts'
import { damage, damages, randomFrom, spoilPage } from './damage.ts'
import { draft, leftIn, readableIn, writeCache } from './damaged-cache.ts'
import { errorOf, newFile, smallDisk } from './fixtures.ts'

let written: Buffer | undefined

/** @returns a file with the cache of {@link writeCache}, which is written only once. */
const aCache = (): string => {
  const file = newFile()
  if (written) writeFileSync(file, written)
  else writeCache(file)
  written ??= readFileSync(file)
  return file
}

/** Opens the cache, uses it as a start of the app does, and closes it. */
const start = <Value>(file: string, look: (cache: CacheCalls) => Value) => {
  const { opened: cache, recovery } = openRecovered(file, createCache)
  try {
    const rooms = cache.load().rooms.map(({ key }) => key)
    for (const room of rooms) cache.listMessages({ room, limit: 200 })
    return { recovery, seen: look(cache) }
  } finally {
    cache.close()
  }
}

const everything = { person: '지우', drafts: [draft], outbox: ['queued', 'sent'] }

test.each(Array.from({ length: 30 }, (_, seed) => seed))(
  'damage %i: the app starts, and has what could be read of the outbox and the drafts',
  seed => {
    const file = aCache()
    damage(file, seed)
    const damaged = readFileSync(file)
    const before = readableIn(file)
    const { recovery, seen } = start(file, leftIn)
    expect(seen.drafts).toEqual(expect.arrayContaining(before.drafts))
    expect(seen.outbox).toEqual(expect.arrayContaining(before.outbox))
    if (before.drafts.length > 0) expect(seen.person).toBe('지우')
    if (recovery) expect(readFileSync(recovery.aside).equals(damaged)).toBe(true)
    expect(start(file, leftIn)).toEqual({ recovery: null, seen })
  },
)

test('everything but the damaged page is saved, and the history is asked for again from its beginning', () => {
  const file = aCache()
  const bytes = readFileSync(file)
  const page = bytes.indexOf('text of m1500') >> 12
  bytes.fill(0xa5, page << 12, (page + 1) << 12)
  writeFileSync(file, bytes)
  const { recovery, seen } = start(file, cache => ({
    ...leftIn(cache),
    resume: cache.resumePoint(general),
    unread: cache.load().rooms.map(({ unread }) => unread),
    failed: cache.listMessages({ room: general, around: id('failed'), limit: 1 }).messages[0]?.failure,
    attempts: cache.listOutbox(home).map(({ attempts }) => attempts),
  }))
  const messages = recovery?.messages ?? 0
  expect(messages).toBeGreaterThan(1900)
  expect(messages).toBeLessThan(2003)
  expect(recovery).toMatchObject({ unsent: 3, drafts: 1 })
  expect(seen).toEqual({
    ...everything,
    resume: null,
    unread: [1000 - (2003 - messages), 0],
    failed: { code: 'not-allowed' },
    attempts: [0, 1],
  })
  expect(basename(recovery?.aside ?? '')).toMatch(/^messages\.db\.corrupt-\d{8}-\d{6}$/)
  const left = readdirSync(dirname(file)).filter(name => !/-(wal|shm)$/.test(name))
  expect(left.sort()).toEqual(['messages.db', basename(recovery?.aside ?? '')])

  // What the server sends again fills the gap and changes nothing else.
  const again = Array.from({ length: 2000 }, (_, n) => kept(`m${n}`, n, n))
  const { seen: unread } = start(file, cache => {
    cache.storeMessages(again)
    return cache.load().rooms.map(room => room.unread)
  })
  expect(unread).toEqual([1000, 0])
})

test('the search finds what was saved once its index is built again', async () => {
  const file = aCache()
  damages['zeroed pages'](file, randomFrom(1))
  const { opened: cache } = openRecovered(file, createCache)
  try {
    await expect.poll(() => cache.searchMessages({ query: 'm1999', limit: 5 }).hits.length).toBe(1)
  } finally {
    cache.close()
  }
})

test('a lost read mark does not make everything unread', () => {
  const file = aCache()
  const db = new Database(file)
  db.exec(`DELETE FROM messages WHERE id = 'm999'`)
  db.close()
  salvage(file)
  renameSync(`${file}.new`, file)
  expect(start(file, cache => cache.load().rooms.map(({ unread }) => unread)).seen).toEqual([0, 0])
})

test('a log of another file is not worked in, and a missing one costs only what it had', () => {
  const file = aCache()
  const other = aCache()
  const db = openDatabase(other)
  createCache(db).removeServer(home)
  db.exec('CREATE TABLE unrelated (a); INSERT INTO unrelated VALUES (zeroblob(100000)); DROP TABLE rooms')
  copyFileSync(`${other}-wal`, `${file}-wal`)
  db.close()
  const { recovery, seen } = start(file, leftIn)
  expect(seen).toEqual(everything)
  expect(recovery && existsSync(`${recovery.aside}-wal`)).toBe(true)

  const unclean = aCache()
  const open = openDatabase(unclean)
  createCache(open).saveDraft(random, 'in the log only')
  const copy = newFile()
  copyFileSync(unclean, copy)
  open.close()
  expect(start(copy, leftIn)).toEqual({ recovery: null, seen: everything })
})

test.each<[string, (file: string) => void]>([
  ['a folder', file => mkdirSync(file)],
  ['a text', file => writeFileSync(file, 'no database '.repeat(1000))],
  ['the database of another program', file => new Database(file).exec('CREATE TABLE recipes (a)').close()],
])('%s in the place of the cache is put aside', (_what, put) => {
  const file = newFile()
  put(file)
  const { recovery, seen } = start(file, leftIn)
  expect(seen).toEqual({ person: undefined, drafts: [], outbox: [] })
  expect(recovery).toMatchObject({ messages: 0, unsent: 0, drafts: 0 })
  expect(existsSync(recovery?.aside ?? '')).toBe(true)
})

test('an empty file is a new cache, and a file of a newer version stays refused', () => {
  const empty = newFile()
  writeFileSync(empty, '')
  expect(start(empty, leftIn).recovery).toBeNull()

  const newer = aCache()
  const db = new Database(newer)
  db.pragma('user_version = 999')
  db.close()
  const before = readFileSync(newer)
  expect(errorOf(() => openRecovered(newer, createCache))?.code).toBe('cache-newer')
  expect(readFileSync(newer).equals(before)).toBe(true)
})

test('a version that says too little is told by the tables', () => {
  const file = aCache()
  const db = new Database(file)
  db.pragma('user_version = 3')
  db.close()
  const { recovery, seen } = start(file, leftIn)
  expect(recovery?.messages).toBe(2003)
  expect(seen).toEqual(everything)
})

test('without space for a second file the damaged one stays, and is recovered when there is space', ({
  skip,
}) => {
  const disk = smallDisk('2m')
  if (disk === null) return skip('mounting a small disk needs root')
  const file = join(disk, 'messages.db')
  copyFileSync(aCache(), file)
  spoilPage(file, 'text of m500')
  const damaged = readFileSync(file)
  const filler = join(disk, 'filler')
  expect(() => {
    for (;;) appendFileSync(filler, Buffer.alloc(4096))
  }).toThrow('ENOSPC')
  expect(errorOf(() => openRecovered(file, createCache))).toMatchObject({
    code: 'disk-full',
    params: { file },
  })
  expect(readFileSync(file).equals(damaged)).toBe(true)
  expect(readdirSync(disk).filter(name => /partial|new|alone/.test(name))).toEqual([])
  rmSync(filler)
  expect(start(file, leftIn).seen).toEqual(everything)
})

test('a crash in the midst of a recovery loses nothing', () => {
  const file = aCache()
  salvage(file)
  // The damaged file has been put aside, and the new one is not in its place yet.
  renameSync(file, `${file}.corrupt`)
  expect(start(file, leftIn)).toEqual({ recovery: null, seen: everything })
})

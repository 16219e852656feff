import { spawnSync } from 'node:child_process'
import { chmodSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { createCache } from '../../../main/cache/cache.ts'
import { openDatabase } from '../../../main/cache/open.ts'
import { general, kept } from '../../shared/core/message-cache/fixtures.ts'
import { errorOf, furnish, newFile, newFolder, openHere } from './fixtures.ts'

/** A database with some messages in it, closed. */
const writtenFile = (messages = 300): string => {
  const file = newFile()
  const cache = furnish(createCache(openDatabase(file)))
  cache.storeMessages(Array.from({ length: messages }, (_, n) => kept(`m${n}`, n, 1000 + n)))
  cache.close()
  return file
}

/** Opens files as somebody who is not root, because root may write everywhere. @returns the error codes. */
const openedByOrdinaryUser = (files: string[]): unknown => {
  const root = process.getuid?.() === 0
  const script = `
    const { openDatabase } = await import(process.argv[1])
    const codes = process.argv.slice(2).map(file => {
      try { openDatabase(file).close(); return null } catch (thrown) { return thrown.error.code }
    })
    process.stdout.write(JSON.stringify(codes))`
  const code = new URL('../../../main/cache/open.ts', import.meta.url).href
  const child = spawnSync(process.execPath, ['--input-type=module', '-e', script, code, ...files], {
    ...(root && { uid: 65_534, gid: 65_534 }),
    encoding: 'utf8',
  })
  return JSON.parse(child.stdout)
}

test('makes the file and its folder, and opens what it has made', () => {
  const file = join(newFolder(), 'new', 'folder', 'messages.db')
  openDatabase(file).close()
  expect(openHere(file).pragma('user_version', { simple: true })).toBeGreaterThan(0)
})

test('works as the cache needs it: write-ahead log, foreign keys', () => {
  const db = openHere(newFile())
  expect(db.pragma('journal_mode', { simple: true })).toBe('wal')
  expect(db.pragma('foreign_keys', { simple: true })).toBe(1)
})

test('an empty file is a new cache', () => {
  const file = newFile()
  writeFileSync(file, '')
  expect(errorOf(() => openHere(file))).toBeNull()
})

test('a closed cache is one file without a log', () => {
  const file = writtenFile()
  expect(readdirSync(dirname(file))).toEqual(['messages.db'])
})

test('a file that is no database is refused and left as it is', () => {
  const file = newFile()
  const text = 'dear diary, '.repeat(1000)
  writeFileSync(file, text)
  expect(errorOf(() => openDatabase(file))).toMatchObject({ code: 'cache-corrupt', params: { file } })
  expect(readFileSync(file, 'utf8')).toBe(text)
})

test('the database of another program is refused and left as it is', () => {
  const file = newFile()
  new Database(file).exec('CREATE TABLE recipes (name TEXT)').close()
  const before = readFileSync(file)
  expect(errorOf(() => openDatabase(file))?.code).toBe('cache-corrupt')
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('a file of a newer version is refused and left as it is', () => {
  const file = writtenFile()
  const db = new Database(file)
  db.pragma('user_version = 999')
  db.close()
  const before = readFileSync(file)
  expect(errorOf(() => openDatabase(file))).toMatchObject({ code: 'cache-newer', params: { file } })
  expect(readFileSync(file).equals(before)).toBe(true)
})

test('damaged pages are found on opening, and the file is left as it is', () => {
  const file = writtenFile(2000)
  const good = readFileSync(file)
  const pageSize = 4096
  const outcomes = Array.from({ length: good.length / pageSize }, (_, page) => {
    const damaged = Buffer.from(good)
    // The header of a page: its kind, its free space, where its cells are.
    damaged.fill(0xa5, page * pageSize + (page === 0 ? 100 : 0), page * pageSize + (page === 0 ? 108 : 12))
    writeFileSync(file, damaged)
    const error = errorOf(() => {
      openDatabase(file).close()
    })
    if (error) expect(readFileSync(file).equals(damaged)).toBe(true)
    return error?.code ?? 'opened'
  })
  expect(new Set(outcomes.filter(outcome => outcome !== 'opened'))).toEqual(new Set(['cache-corrupt']))
  // What is not found are overflow and free pages: they have no header.
  const found = outcomes.filter(outcome => outcome === 'cache-corrupt').length
  expect(found / outcomes.length).toBeGreaterThan(0.9)
})

test('a log that does not belong to the file is not worked into it', () => {
  const file = writtenFile()
  const backup = readFileSync(file)
  const db = openDatabase(file)
  createCache(db).storeMessages(Array.from({ length: 500 }, (_, n) => kept(`later${n}`, 500 + n, 5000 + n)))
  const log = readFileSync(`${file}-wal`)
  db.close()
  const damaged = Buffer.from(backup)
  damaged.fill(0xa5, 5 * 4096, 6 * 4096)
  writeFileSync(file, damaged)
  writeFileSync(`${file}-wal`, log.subarray(0, 32 + 4 * (4096 + 24)))
  expect(errorOf(() => openDatabase(file))?.code).toBe('cache-corrupt')
  expect(readFileSync(file).equals(damaged)).toBe(true)
})

test('a file that another program has open is locked, and so is one that is open here', () => {
  const file = writtenFile()
  const other = new Database(file)
  other.exec('BEGIN EXCLUSIVE')
  expect(errorOf(() => openDatabase(file))).toMatchObject({ code: 'cache-locked', params: { file } })
  other.close()
  openHere(file)
  expect(errorOf(() => openDatabase(file))?.code).toBe('cache-locked')
})

test('a folder or a file that can’t be written is told, and a file that can is opened', () => {
  const folder = newFolder()
  chmodSync(folder, 0o555)
  const [both, readonly, writable] = [writtenFile(), writtenFile(), writtenFile()]
  chmodSync(both, 0o444)
  chmodSync(dirname(both), 0o555)
  chmodSync(readonly, 0o444)
  chmodSync(dirname(readonly), 0o777)
  chmodSync(writable, 0o666)
  chmodSync(dirname(writable), 0o777)
  const files = [join(folder, 'messages.db'), join(folder, 'new', 'messages.db'), both, readonly, writable]
  expect(openedByOrdinaryUser(files)).toEqual([...Array.from({ length: 4 }, () => 'disk-readonly'), null])
})

test('a folder in place of the file is told', () => {
  const file = newFile()
  mkdirSync(file)
  expect(errorOf(() => openDatabase(file))?.code).toBe('cache-corrupt')
})

test('what is there survives opening and closing', () => {
  const cache = createCache(openHere(writtenFile()))
  expect(cache.listMessages({ room: general, limit: 5 }).messages.map(message => message.id)).toEqual([
    'm295',
    'm296',
    'm297',
    'm298',
    'm299',
  ])
})

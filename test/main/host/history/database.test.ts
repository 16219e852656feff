import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  closeSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { Failure } from '../../../../shared/contract/errors.ts'
import { hostFile, openDatabase } from '../../../../main/host/history/database.ts'
import { openHistory } from '../../../../main/host/history/history.ts'
import { migrations } from '../../../../main/host/history/migrations.ts'
import { openFile } from '../../../../main/sqlite/open.ts'
import { silentLog } from '../../broker/log.ts'
import { logWorker } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const failureOf = (run: () => unknown) => {
  try {
    run()
  } catch (thrown) {
    if (thrown instanceof Failure) return { code: thrown.error.code, ...thrown.error.params }
    throw thrown
  }
  throw new Error('nothing was thrown')
}

/** @returns a database of an older version. */
const openAt = (version: number, file: string) =>
  openFile(file, { ...hostFile, migrations: hostFile.migrations.slice(0, version) })

test('the schema is that of the release', () => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  const schema = database.prepare('SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY name').pluck()
  expect(schema.all().join('\n')).toMatchSnapshot()
  expect(database.pragma('user_version', { simple: true })).toBe(migrations.length)
  database.close()
})

test('stored data is there after reopening', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const first = openDatabase(file)
  first.exec(`INSERT INTO room (room_id, name, created_at) VALUES ('general', '로비', 1)`)
  first.close()
  const second = openDatabase(file)
  expect(second.prepare('SELECT name FROM room').pluck().get()).toBe('로비')
  second.close()
})

test('names claimed under an older comparison follow the current one; of two equal names the first claim wins', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const older = openAt(3, file)
  const insert = older.prepare(`INSERT INTO person VALUES (?, ?, ?, CAST(? AS BLOB), 1)`)
  for (const [id, name, key] of [
    ['1', 'Straße', 'straße'],
    ['2', 'Ada', 'ada'],
    ['3', 'Ada\u3164', 'ada\u1160'],
  ] as const)
    insert.run(id, name, key, id)
  older.close()
  const database = openDatabase(file)
  const keys = database.prepare('SELECT name_key FROM person ORDER BY person_id').pluck().all()
  expect(keys).toEqual(['strasse', 'ada', 'ada\u1160'])
  database.close()
})

test('deletions of earlier versions become relations, and nothing that only looks like one', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const older = openAt(6, file)
  older.exec(
    `INSERT INTO room (room_id, name, created_at) VALUES ('general', '로비', 1), ('b', 'B', 1), ('c', 'C', 1)`,
  )
  const insert = older.prepare(
    `INSERT INTO message (place, sent_at, sender_id, message_id, body, erased_at)
     VALUES (? << 32 | ?, 1, ?, ?, CAST(? AS BLOB), ?)`,
  )
  const said = (type: string, target: string, targetOffset: unknown) =>
    JSON.stringify({ roomId: 'general', type, target, targetOffset })
  for (const row of [
    [1, 0, 'ada', 'a', said('DELETED', '', null), 5],
    [1, 1, 'ada', 'b', '{"type":"CHAT"}', null],
    [1, 2, 'bob', 'd', said('DELETE', 'a', 0), null],
    [1, 3, 'ada', 'c', said('DELETED', '', null), 6],
    [1, 4, 'ada', 'e', said('DELETE', 'c', 3), null],
    // Of another id, of one that is still there, of another room, without an offset, nested, no JSON.
    [1, 5, 'eve', 'f1', said('DELETE', 'x', 0), null],
    [1, 6, 'eve', 'f2', said('DELETE', 'b', 1), null],
    [1, 7, 'eve', 'f3', said('DELETE', 'g', 2 ** 33), null],
    [1, 8, 'eve', 'f4', said('DELETE', 'a', undefined), null],
    [1, 9, 'eve', 'f5', `{"type":"NOTE","mood":${said('DELETE', 'a', 0)}}`, null],
    [1, 10, 'eve', 'f6', 'not JSON: "type":"DELETE"', null],
    [3, 0, 'ada', 'g', said('DELETED', '', null), 7],
  ])
    insert.run(...row)
  older.close()
  const database = openDatabase(file)
  expect(
    database
      .prepare('SELECT place & 4294967295, target & 4294967295, kind, sender_id FROM relation')
      .raw()
      .all(),
  ).toEqual([
    [2, 0, 'delete', 'bob'],
    [4, 3, 'delete', 'ada'],
  ])
  database.close()
})

test('an empty file counts as a new one', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  writeFileSync(file, '')
  openDatabase(file).close()
})

test('a file that is not a database is refused and not changed', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  writeFileSync(file, 'my diary, not a database\n'.repeat(1_000))
  const before = readFileSync(file)
  expect(failureOf(() => openDatabase(file))).toEqual({ code: 'cache-corrupt', file })
  expect(readFileSync(file)).toEqual(before)
})

test('a database of another program is refused and not changed', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const other = new Database(file)
  other.exec('CREATE TABLE theirs (x)')
  other.close()
  const before = readFileSync(file)
  expect(failureOf(() => openDatabase(file))).toEqual({ code: 'cache-corrupt', file })
  expect(readFileSync(file)).toEqual(before)
})

test('a file of a newer version is refused and not changed', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const newer = openDatabase(file)
  newer.pragma(`user_version = ${migrations.length + 1}`)
  newer.close()
  const before = readFileSync(file)
  expect(failureOf(() => openDatabase(file))).toEqual({ code: 'cache-newer', file })
  expect(readFileSync(file)).toEqual(before)
})

test('a damaged database is refused', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const database = openDatabase(file)
  const insert = database.prepare('INSERT INTO room (room_id, name, created_at) VALUES (?, ?, 1)')
  database.transaction(() => {
    for (let index = 0; index < 2_000; index += 1) insert.run(`room-${index}`, 'x'.repeat(50))
  })()
  database.close()
  const handle = openSync(file, 'r+')
  writeSync(handle, Buffer.alloc(3_000, 0xa5), 0, 3_000, 20 * 4_096 + 100)
  closeSync(handle)
  expect(failureOf(() => openDatabase(file))).toEqual({ code: 'cache-corrupt', file })
})

test('a folder that can’t be written is reported', () => {
  const folder = join(temporaryFolder(), 'taken')
  writeFileSync(folder, 'a file where the folder should be')
  expect(failureOf(() => openHistory({ folder, keepFree: 0, logWorker, log: silentLog }))).toEqual({
    code: 'disk-readonly',
    file: folder,
  })
})

test.skipIf(process.getuid?.() === 0)('a folder that must not be written is named', () => {
  const folder = join(temporaryFolder(), 'closed')
  mkdirSync(folder)
  chmodSync(folder, 0o500)
  expect(failureOf(() => openHistory({ folder, keepFree: 0, logWorker, log: silentLog }))).toMatchObject({
    code: 'disk-readonly',
  })
})

test.skipIf(process.platform === 'win32')(
  'only their owner reads its files, whatever the folder allows',
  async () => {
    const folder = temporaryFolder()
    chmodSync(folder, 0o755)
    const file = join(folder, 'host.sqlite')
    openAt(migrations.length - 1, file).close()
    const history = openHistory({ folder, keepFree: 0, logWorker, log: silentLog })
    const files = readdirSync(folder)
    expect(files).toEqual(
      expect.arrayContaining(['host.lock', 'host.sqlite-wal', 'host.sqlite.before-upgrade']),
    )
    for (const name of files) expect(statSync(join(folder, name)).mode & 0o077, name).toBe(0)
    await history.close()
  },
)

test('one host at a time, even across processes; closing releases the lock', async () => {
  const folder = temporaryFolder()
  const history = openHistory({ folder, keepFree: 0, logWorker, log: silentLog })
  expect(failureOf(() => openHistory({ folder, keepFree: 0, logWorker, log: silentLog }))).toEqual({
    code: 'cache-locked',
    file: folder,
  })
  const code = `
    import { openHistory } from '${import.meta.resolve('../../../../main/host/history/history.ts')}'
    try { openHistory({ folder: process.argv[1], keepFree: 0 }) } catch (failure) { console.log(failure.error.code) }`
  const other = spawnSync(process.execPath, ['--input-type=module', '-e', code, folder], { encoding: 'utf8' })
  expect(other.stdout.trim()).toBe('cache-locked')
  await history.close()
  await openHistory({ folder, keepFree: 0, logWorker, log: silentLog }).close()
})

import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openCommits, type Commits } from '../../../../main/host/history/commits.ts'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { openHeads } from '../../../../main/host/history/heads.ts'
import { openRoomLog } from '../../../../main/host/history/room-log.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import type { HostLog } from '../../../../main/host/ports/options.ts'
import type { NewMessage } from '../../../../main/host/ports/room-log.ts'
import type { RelationRules } from '../../../../main/host/wire/relations.ts'
import { keepAll } from '../../../../main/host/history/retention.ts'
import { storedRoom } from '../fixture.ts'
import { deletion, goneRules, message, offsetsOf, relation, text } from '../ports/room-logs.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const start = () => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  const rooms = openRooms(database)
  for (const roomId of ['general', '로비']) rooms.addRoom(storedRoom(roomId))
  const errors: string[] = []
  const log: HostLog = { info: () => undefined, error: event => errors.push(event) }
  const disk = { hasSpace: true }
  const rules: RelationRules = {
    ...goneRules,
    reaction: { who: 'everybody', change: () => ({ target: null }) },
  }
  const relations = () => database.prepare('SELECT target & 4294967295 AS target, kind FROM relation').all()
  const open = (wrap: (commits: Commits) => Commits = commits => commits) => {
    const commits = wrap(openCommits(database))
    onTestFinished(() => commits.close())
    const heads = openHeads(database, commits)
    const hasSpace = () => disk.hasSpace
    return { ...openRoomLog({ database, heads, commits, hasSpace, now: () => 1_000, log, rules }), heads }
  }
  onTestFinished(() => void database.close())
  return { database, disk, errors, rooms, relations, open }
}

type Log = ReturnType<ReturnType<typeof start>['open']>
const texts = async (log: Log) => (await log.read('general', 0, 100)).map(({ body }) => text(body))

/** Commits whose disk does what it is told. */
const openDisk = () => {
  const disk = { fails: false, waits: [] as (() => void)[], holds: false, syncs: 0 }
  const wrap = (commits: Commits): Commits => ({
    ...commits,
    sync: async () => {
      disk.syncs += 1
      if (disk.holds) await new Promise<void>(resolve => disk.waits.push(resolve))
      if (disk.fails) throw Object.assign(new Error('EIO: i/o error, fdatasync'), { code: 'EIO' })
      await commits.sync()
    },
  })
  return { disk, wrap }
}

test('what is stored is there when it is opened again', async () => {
  const { open } = start()
  await open().append([message('a'), message('b'), message('c', '로비')])
  const again = open()
  expect(offsetsOf(await again.append([message('a'), message('d')]))).toEqual(['known', 2])
  expect(await again.bounds('general')).toEqual({ first: 0, next: 3 })
  expect((await again.tails()).get('로비')).toEqual({ next: 1, lastSentAt: 1_000 })
})

test('an offset is not given again, even where the newest messages are gone', async () => {
  const { database, open } = start()
  await open().append([message('a'), message('b')])
  database.exec('DELETE FROM message')
  const again = open()
  expect(await again.bounds('general')).toEqual({ first: 2, next: 2 })
  expect(offsetsOf(await again.append([message('c')]))).toEqual([2])
})

test('what could not be written is not stored, not numbered, and can be sent again', async () => {
  const { database, errors, open } = start()
  const log = open()
  await log.append([message('a')])
  const pages = Number(database.pragma('page_count', { simple: true }))
  database.pragma(`max_page_count = ${pages}`)
  const large: NewMessage = { ...message('large'), body: () => 'x'.repeat(200_000) }
  await expect(log.append([message('b'), large])).rejects.toMatchObject({ error: { code: 'disk-full' } })
  expect(errors).toEqual(['messages not stored'])
  database.pragma('max_page_count = 100000')
  expect(offsetsOf(await log.append([message('b')]))).toEqual([1])
  expect(await texts(log)).toEqual(['a at 1000', 'b at 1000'])
})

test('a disk with little left takes no messages and no reactions, but deletions', async () => {
  const { disk, open } = start()
  const log = open()
  await log.append([message('a')])
  disk.hasSpace = false
  const outcomes = await log.append([
    message('b'),
    deletion('d', { offset: 0 }),
    relation('reaction', 'r', { offset: 0 }),
  ])
  expect(offsetsOf(outcomes)).toEqual(['refused', 1, 'refused'])
  expect(outcomes[0]).toMatchObject({ reason: { error: { code: 'disk-full' } } })
  disk.hasSpace = true
  expect(offsetsOf(await log.append([message('b')]))).toEqual([2])
})

test('a group resolves when it is on disk; until then nobody reads it, and the next group waits', async () => {
  const { database, open } = start()
  const { disk, wrap } = openDisk()
  const log = open(wrap)
  disk.holds = true
  const done: string[] = []
  const [first, second] = ['a', 'b'].map(id => log.append([message(id)]).then(() => done.push(id)))
  await expect.poll(() => disk.waits.length, { interval: 1 }).toBe(1)
  // It is committed: this connection would see it.
  expect(database.prepare('SELECT count(*) FROM message').pluck().get()).toBe(1)
  expect(await log.bounds('general')).toEqual({ first: 0, next: 0 })
  expect(await texts(log)).toEqual([])
  expect(done).toEqual([])
  disk.waits.pop()?.()
  await first
  expect(await texts(log)).toEqual(['a at 1000'])
  await expect.poll(() => disk.waits.length, { interval: 1 }).toBe(1)
  disk.waits.pop()?.()
  await second
  expect(await texts(log)).toHaveLength(2)
})

test('a group is synced once, and not where nothing of it is stored; other transactions wait for the disk', async () => {
  const { database, open } = start()
  const { disk, wrap } = openDisk()
  const log = open(wrap)
  await log.append([message('a'), message('b', '로비'), deletion('d', { offset: 0 })])
  await log.append([message('a'), message('c', 'nowhere')])
  expect(disk.syncs).toBe(1)
  // https://sqlite.org/pragma.html#pragma_synchronous: 2 is FULL.
  expect(database.pragma('synchronous', { simple: true })).toBe(2)
  const reader = new Database(database.name, { readonly: true })
  expect(reader.prepare('SELECT count(*) FROM message').pluck().get()).toBe(3)
  reader.close()
})

test('a group of which the disk fails is gone: nothing is stored, numbered, related or erased, and it can be sent again', async () => {
  const { database, errors, relations, open } = start()
  const { disk, wrap } = openDisk()
  const log = open(wrap)
  await log.append([message('a'), message('x', '로비')])
  disk.fails = true
  const group = [
    message('b'),
    message('y', '로비'),
    deletion('d', { offset: 0 }),
    deletion('e', { offset: 1 }),
    relation('reaction', 'r', { offset: 2 }),
  ]
  await expect(log.append(group)).rejects.toMatchObject({ error: { code: 'cache-failed' } })
  expect(errors).toEqual(['messages not stored'])
  expect(database.prepare('SELECT count(*) FROM message').pluck().get()).toBe(2)
  expect(await texts(log)).toEqual(['a at 1000'])
  expect(relations()).toEqual([])
  disk.fails = false
  expect(offsetsOf(await log.append(group))).toEqual([1, 1, 2, 3, 4])
  expect((await texts(log)).slice(0, 2)).toEqual(['gone', 'gone'])
  expect(relations()).toEqual([
    { target: 0, kind: 'delete' },
    { target: 1, kind: 'delete' },
    { target: 2, kind: 'reaction' },
  ])
  const bytes = database.prepare(`SELECT bytes FROM room WHERE room_id = 'general'`).pluck().get()
  expect(bytes).toBe((await texts(log)).join('').length)
})

test('nothing is written behind a group that can’t be taken back', async () => {
  const { database, open } = start()
  const { disk, wrap } = openDisk()
  const log = open(wrap)
  await log.append([message('a')])
  disk.fails = true
  database.exec(`CREATE TRIGGER broken BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'broken'); END`)
  await expect(log.append([message('b')])).rejects.toThrow()
  disk.fails = false
  await expect(log.append([message('c')])).rejects.toMatchObject({ error: { code: 'cache-failed' } })
  expect(await texts(log)).toEqual(['a at 1000'])
  database.exec('DROP TRIGGER broken')
  expect(offsetsOf(await log.append([message('c'), message('b')]))).toEqual([1, 2])
})

test('a room that is removed while the disk is at work leaves nothing to the one that gets its id', async () => {
  const { rooms, open } = start()
  const { disk, wrap } = openDisk()
  const log = open(wrap)
  await log.append([message('a')])
  disk.holds = true
  const group = log.append([message('b'), message('c', '로비')])
  await expect.poll(() => disk.waits.length, { interval: 1 }).toBe(1)
  rooms.removeRoom('general', 1)
  log.heads.forget('general')
  rooms.addRoom(storedRoom('general'))
  disk.waits.pop()?.()
  disk.holds = false
  await group
  expect(await log.bounds('general')).toEqual({ first: 0, next: 0 })
  expect(offsetsOf(await log.append([message('d'), message('e', '로비')]))).toEqual([0, 1])
  while (await log.purge());
  expect(await texts(log)).toEqual(['d at 1000'])
})

test('relations leave the disk with their messages', async () => {
  const { rooms, relations, open } = start()
  const log = open()
  await log.append([message('a'), message('x', '로비'), message('b')])
  await log.append([
    deletion('d', { offset: 0 }),
    relation('reaction', 'r', { offset: 1 }),
    deletion('y', { offset: 0 }, { roomId: '로비' }),
  ])
  await log.trim('general', { ...keepAll, messages: 1 })
  expect(relations()).toEqual([
    { target: 1, kind: 'reaction' },
    { target: 0, kind: 'delete' },
  ])
  rooms.removeRoom('로비', 1)
  log.heads.forget('로비')
  while (await log.purge());
  expect(relations()).toEqual([{ target: 1, kind: 'reaction' }])
})

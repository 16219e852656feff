import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { startLogThread } from '../../../../main/host/history/log-thread.ts'
import { openLogWriter } from '../../../../main/host/history/log-writer.ts'
import { keepAll } from '../../../../main/host/history/retention.ts'
import { openRoomLog } from '../../../../main/host/history/room-log.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import type { RelationRules } from '../../../../main/host/wire/relations.ts'
import { silentLog } from '../../broker/log.ts'
import { logWorker, storedRoom } from '../fixture.ts'
import { deletion, goneRules, message, offsetsOf, relation, text } from '../ports/room-logs.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const openFile = () => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  onTestFinished(() => void database.close())
  const rooms = openRooms(database)
  for (const roomId of ['general', '로비']) rooms.addRoom(storedRoom(roomId))
  return { database, rooms }
}

const start = () => {
  const { database, rooms } = openFile()
  const disk = { hasSpace: true }
  const rules: RelationRules = {
    ...goneRules,
    reaction: { who: 'everybody', change: () => ({ target: null }) },
  }
  const open = () =>
    openLogWriter({ database, hasSpace: () => disk.hasSpace, now: () => 1_000, log: silentLog, rules })
  const stored = database.prepare<[], Uint8Array>('SELECT body FROM message ORDER BY place').pluck()
  const relations = () => database.prepare('SELECT target & 4294967295 AS target, kind FROM relation').all()
  const bytes = database.prepare<[], number>(`SELECT bytes FROM room WHERE room_id = 'general'`).pluck()
  return {
    database,
    disk,
    rooms,
    open,
    writer: open(),
    texts: () => stored.all().map(text),
    relations,
    bytes,
  }
}

test('what is stored is there when it is opened again', () => {
  const { writer, open } = start()
  writer.append([message('a'), message('b'), message('c', '로비')])
  expect(offsetsOf(open().append([message('a'), message('d')]))).toEqual(['known', 2])
})

test('an offset is not given again, even where the newest messages are gone', () => {
  const { database, writer } = start()
  writer.append([message('a'), message('b')])
  database.exec('DELETE FROM message')
  expect(offsetsOf(writer.append([message('c')]))).toEqual([2])
})

test('what could not be written is not stored, numbered, related or erased, and can be sent again', () => {
  const { database, writer, texts, relations, bytes } = start()
  writer.append([message('a')])
  database.pragma(`max_page_count = ${Number(database.pragma('page_count', { simple: true }))}`)
  const large = { ...message('large'), body: Buffer.from('x'.repeat(200_000)) }
  const group = [message('b'), deletion('d', { offset: 0 }), relation('reaction', 'r', { offset: 1 })]
  expect(() => writer.append([...group, large])).toThrow('full')
  expect([texts(), relations(), bytes.get()]).toEqual([['a at 1000'], [], 'a at 1000'.length])
  database.pragma('max_page_count = 100000')
  expect(offsetsOf(writer.append(group))).toEqual([1, 2, 3])
  expect(texts().slice(0, 2)).toEqual(['gone', 'b at 1000'])
  expect(relations()).toEqual([
    { target: 0, kind: 'delete' },
    { target: 1, kind: 'reaction' },
  ])
  expect(bytes.get()).toBe(texts().join('').length)
})

test('a disk with little left takes no messages and no reactions, but deletions', () => {
  const { disk, writer } = start()
  writer.append([message('a')])
  disk.hasSpace = false
  const outcomes = writer.append([
    message('b'),
    deletion('d', { offset: 0 }),
    relation('reaction', 'r', { offset: 0 }),
  ])
  expect(offsetsOf(outcomes)).toEqual(['refused', 1, 'refused'])
  expect(outcomes[0]).toMatchObject({ reason: { error: { code: 'disk-full' } } })
  disk.hasSpace = true
  expect(offsetsOf(writer.append([message('b')]))).toEqual([2])
})

test('relations leave the disk with their messages', () => {
  const { rooms, relations, writer } = start()
  writer.append([message('a'), message('x', '로비'), message('b')])
  writer.append([
    deletion('d', { offset: 0 }),
    relation('reaction', 'r', { offset: 1 }),
    deletion('y', { offset: 0 }, { roomId: '로비' }),
  ])
  writer.trim('general', { ...keepAll, messages: 1 })
  expect(relations()).toEqual([
    { target: 1, kind: 'reaction' },
    { target: 0, kind: 'delete' },
  ])
  rooms.removeRoom('로비', 1)
  while (writer.purge());
  expect(relations()).toEqual([{ target: 1, kind: 'reaction' }])
})

/** A log that is written on a thread of its own. */
const startThread = () => {
  const { database, rooms } = openFile()
  const errors: unknown[] = []
  const writer = startLogThread({
    file: database.name,
    keepFree: 0,
    worker: logWorker,
    log: { info: () => undefined, error: (event, fields) => errors.push([event, fields?.count]) },
  })
  onTestFinished(() => writer.close())
  const log = openRoomLog({ database, writer })
  const texts = async () => (await log.read('general', 0, 9)).map(({ body }) => text(body))
  return { database, rooms, errors, log, texts }
}

test('a group crosses to the thread and its outcomes come back, each in its place', async () => {
  const { log, texts } = startThread()
  await log.append([
    {
      ...message('m'),
      body: Buffer.from('{"type":"DELETE","sender":"a","senderId":"a","sentAt":"2026-01-01T00:00:00Z"}'),
    },
  ])
  const outcomes = await log.append([
    message('a'),
    deletion('d', { messageId: 'nothing' }),
    message('a'),
    deletion('e', { messageId: 'm' }, { senderId: 'bob' }),
    message('b', 'nowhere'),
    message('c', '로비', 'bob', 2_000),
  ])
  expect(outcomes).toMatchObject([
    { kind: 'stored', offset: 1, sentAt: 1_000, body: Buffer.from('a at 1000') },
    { kind: 'refused', reason: { refusal: { headers: { code: 'not-found' } } } },
    { kind: 'known' },
    { kind: 'refused', reason: { refusal: { headers: { code: 'not-allowed' } } } },
    { kind: 'room-missing' },
    { kind: 'stored', offset: 0, sentAt: 2_000, body: Buffer.from('c at 2000') },
  ])
  expect((await texts())[1]).toBe('a at 1000')
})

test('a group is on disk before anybody reads it', async () => {
  const { database, log } = startThread()
  // https://sqlite.org/pragma.html#pragma_synchronous: 2 is FULL, with which a transaction is synced before its frames count as written.
  expect(database.pragma('synchronous', { simple: true })).toBe(2)
  await log.append([message('a'), message('b')])
  const reader = new Database(database.name, { readonly: true })
  expect(reader.prepare('SELECT count(*) FROM message').pluck().get()).toBe(2)
  reader.close()
})

test('what fails on the thread is a failure here, and is logged; the next group is stored', async () => {
  const { database, errors, log } = startThread()
  database.exec(`CREATE TRIGGER broken BEFORE INSERT ON message BEGIN SELECT RAISE(ABORT, 'broken'); END`)
  await expect(log.append([message('a')])).rejects.toMatchObject({ error: { code: 'cache-failed' } })
  expect(errors).toEqual([['messages not stored', 1]])
  database.exec('DROP TRIGGER broken')
  expect(offsetsOf(await log.append([message('a')]))).toEqual([0])
})

test('a room that is removed while a group is written leaves nothing to the one that gets its id', async () => {
  const { rooms, log, texts } = startThread()
  await log.append([message('a')])
  const group = log.append([message('b', '로비')])
  rooms.removeRoom('general', 1)
  rooms.addRoom(storedRoom('general'))
  await group
  expect(await log.bounds('general')).toEqual({ first: 0, next: 0 })
  expect(offsetsOf(await log.append([message('d'), message('e', '로비')]))).toEqual([0, 1])
  while (await log.purge());
  expect(await texts()).toEqual(['d at 1000'])
})

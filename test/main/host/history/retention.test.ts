import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { hostFile, openDatabase } from '../../../../main/host/history/database.ts'
import { openLogWriter } from '../../../../main/host/history/log-writer.ts'
import { keepAll } from '../../../../main/host/history/retention.ts'
import type { Keep } from '../../../../main/host/ports/options.ts'
import { openReading } from '../../../../main/host/history/reading.ts'
import { openRoomLog } from '../../../../main/host/history/room-log.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import { contents, person, startHost, storedRoom } from '../fixture.ts'
import { openFile } from '../../../../main/sqlite/open.ts'
import { silentLog } from '../../broker/log.ts'
import { deletion, goneRules, laterWriter } from '../ports/room-logs.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const day = 86_400_000
const destination = '/topic/room.general'

const start = () => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  onTestFinished(() => void database.close())
  const clock = { now: 1_000 }
  openRooms(database).addRoom(storedRoom('general'))
  const open = () => {
    const now = () => clock.now
    const writer = openLogWriter({ database, hasSpace: () => true, now, log: silentLog, rules: goneRules })
    return openRoomLog({ database, writer: laterWriter(writer) })
  }
  const log = open()
  let ids = 0
  const add = (count: number, length = 10) =>
    log.append(
      Array.from({ length: count }, () => ({
        roomId: 'general',
        senderId: 'ada',
        messageId: `m${(ids += 1)}`,
        sentAt: clock.now,
        body: Buffer.from('x'.repeat(length)),
      })),
    )
  const trim = (keep: Partial<Keep>) => log.trim('general', { ...keepAll, ...keep })
  const bytes = () =>
    database.prepare(`SELECT bytes FROM room WHERE room_id = 'general'`).pluck().get() as number
  return { clock, log, open, add, trim, bytes, bounds: () => log.bounds('general') }
}

test('without bounds nothing is deleted', async () => {
  const { add, trim, bounds } = start()
  await add(10)
  expect(await trim({})).toBe(false)
  expect(await bounds()).toEqual({ first: 0, next: 10 })
})

test('deleted messages stay deleted after reopening', async () => {
  const { add, trim, open } = start()
  await add(10)
  await trim({ messages: 3 })
  expect(await open().bounds('general')).toEqual({ first: 7, next: 10 })
})

test('messages are deleted when they are too old', async () => {
  const { add, clock, trim, bounds } = start()
  await add(2)
  clock.now += 2 * day
  await add(3)
  await trim({ days: 3 })
  expect(await bounds()).toEqual({ first: 0, next: 5 })
  await trim({ days: 1 })
  expect(await bounds()).toEqual({ first: 2, next: 5 })
  clock.now += 2 * day
  await trim({ days: 1 })
  expect(await bounds()).toEqual({ first: 5, next: 5 })
})

test('the oldest are deleted until the bytes fit; tombstones count with their own size', async () => {
  const { add, log, trim, bounds, bytes } = start()
  await add(10, 100)
  expect(bytes()).toBe(1_000)
  const [outcome] = await log.append([deletion('d', { offset: 9 })])
  const announced = outcome?.kind === 'stored' ? outcome.body.length : NaN
  expect(bytes()).toBe(900 + 'gone'.length + announced)
  await trim({ bytes: 250 + announced })
  expect(await bounds()).toEqual({ first: 7, next: 11 })
  expect(bytes()).toBe(200 + 'gone'.length + announced)
})

test('many messages are deleted in small steps', async () => {
  const { add, trim, bounds } = start()
  await add(1_200)
  const steps = [trim({ messages: 1 }), trim({ messages: 1 }), trim({ messages: 1 })]
  expect(await Promise.all(steps)).toEqual([true, true, false])
  expect(await bounds()).toEqual({ first: 1_199, next: 1_200 })
})

test('a message from a clock that was ahead is as old as the one after it', async () => {
  const { add, clock, trim, bounds } = start()
  for (const now of [1_000, 2, 4]) {
    clock.now = now * day
    await add(1)
  }
  await trim({ days: 3 })
  expect(await bounds()).toEqual({ first: 0, next: 3 })
  clock.now = 6 * day
  await trim({ days: 3 })
  expect(await bounds()).toEqual({ first: 2, next: 3 })
})

test('a host keeps as much as configured', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const ada = await person(first.ws, 'Ada')
  for (let index = 0; index < 8; index += 1) {
    await ada.send('/app/chat/message', { roomId: 'general', content: `${index}` })
  }
  await first.stop()
  const { ws } = await startHost({ dataDir, keep: { messages: 3 } })
  const reader = new Database(join(dataDir, 'host.sqlite'), { readonly: true })
  onTestFinished(() => void reader.close())
  await expect.poll(() => reader.prepare('SELECT count(*) FROM message').pluck().get()).toBe(3)
  const heard = await (await person(ws, 'Bob')).subscribe(destination, { 'x-stream-offset': 'offset=0' })
  await expect.poll(() => contents(heard)).toEqual(['5', '6', '7'])
})

test('a database of the first version is migrated, with its bytes counted', () => {
  const file = join(temporaryFolder(), 'host.sqlite')
  const database = openFile(file, { ...hostFile, migrations: hostFile.migrations.slice(0, 1) })
  database.exec(`INSERT INTO room (room_id, name, created_at, next_offset) VALUES ('general', '로비', 1, 2);
    INSERT INTO message VALUES (1, 0, 5, 'ada', 'a', CAST('12345' AS BLOB)), (1, 1, 6, 'ada', 'b', CAST('123' AS BLOB));`)
  database.close()
  const again = openDatabase(file)
  onTestFinished(() => void again.close())
  expect(again.prepare('SELECT bytes FROM room').pluck().get()).toBe(8)
  const room = {
    roomId: 'general',
    name: '로비',
    topic: '',
    kind: 'public',
    directKey: null,
    archived: false,
    madeBy: null,
    madeFrom: null,
    madeAt: 1,
  }
  expect(openRooms(again).list()).toEqual([room])
  const stored = openReading(again).read({ room: 1, next: 2, reachedAt: 6, bytes: 8 }, 0, 9)
  expect(stored).toMatchObject([{ offset: 0 }, { offset: 1, reachedAt: 6 }])
})

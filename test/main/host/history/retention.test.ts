import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { hostFile, openDatabase } from '../../../../main/host/history/database.ts'
import { openMessages } from '../../../../main/host/history/messages.ts'
import { keepAll } from '../../../../main/host/history/retention.ts'
import type { Keep } from '../../../../main/host/ports/options.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import { contents, person, startHost, storedRoom } from '../fixture.ts'
import { openFile } from '../../../../main/sqlite/open.ts'
import { silentLog } from '../../broker/log.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const day = 86_400_000
const destination = '/topic/room.general'

const start = () => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  onTestFinished(() => void database.close())
  const clock = { now: 1_000 }
  for (const roomId of ['general', 'other']) openRooms(database).insert(storedRoom(roomId))
  const reopen = () => openMessages({ database, hasSpace: () => true, now: () => clock.now, log: silentLog })
  const messages = reopen()
  const add = (count: number, length = 10, roomId = 'general') => {
    for (let index = 0; index < count; index += 1) {
      const body = () => 'x'.repeat(length)
      void messages.append({ roomId, senderId: 'ada', messageId: `${Math.random()}`, body })
    }
    messages.flush()
  }
  const trim = (keep: Partial<Keep>) => messages.trim('general', { ...keepAll, ...keep })
  const bytes = () =>
    database.prepare(`SELECT bytes FROM room WHERE room_id = 'general'`).pluck().get() as number
  return { database, clock, messages, reopen, add, trim, bytes, bounds: () => messages.bounds(destination) }
}

test('nothing goes where nothing is bounded', () => {
  const { add, trim, bounds } = start()
  add(10)
  expect(trim({})).toBe(false)
  expect(bounds()).toEqual({ first: 0, next: 10 })
})

test('the newest messages are kept; offsets go on, other rooms are left alone', () => {
  const { add, trim, bounds, messages, reopen } = start()
  add(10)
  add(10, 10, 'other')
  expect(trim({ messages: 3 })).toBe(false)
  expect(bounds()).toEqual({ first: 7, next: 10 })
  expect(messages.bounds('/topic/room.other')).toEqual({ first: 0, next: 10 })
  expect(reopen().bounds(destination)).toEqual({ first: 7, next: 10 })
})

test('messages go when they are too old', () => {
  const { add, clock, trim, bounds } = start()
  add(2)
  clock.now += 2 * day
  add(3)
  trim({ days: 3 })
  expect(bounds().first).toBe(0)
  trim({ days: 1 })
  expect(bounds().first).toBe(2)
  clock.now += 2 * day
  trim({ days: 1 })
  expect(bounds()).toEqual({ first: 5, next: 5 })
})

test('the oldest go until the bytes fit; deleted messages count as what they are now', async () => {
  const { add, messages, trim, bounds, bytes } = start()
  add(10, 100)
  expect(bytes()).toBe(1_000)
  await messages.append({
    roomId: 'general',
    senderId: 'ada',
    messageId: 'gone',
    body: () => 'y'.repeat(50),
    erases: { offset: 9, body: 'gone' },
  })
  expect(bytes()).toBe(954)
  trim({ bytes: 300 })
  expect(bounds()).toEqual({ first: 7, next: 11 })
  expect(bytes()).toBe(254)
})

test('many go in small steps', () => {
  const { add, trim, bounds } = start()
  add(1_200)
  expect([trim({ messages: 1 }), trim({ messages: 1 }), trim({ messages: 1 })]).toEqual([true, true, false])
  expect(bounds()).toEqual({ first: 1_199, next: 1_200 })
})

test('a message of a clock that was ahead is as old as the one after it', () => {
  const { add, clock, trim, bounds } = start()
  clock.now = 1_000 * day
  add(1)
  clock.now = 2 * day
  add(1)
  clock.now = 4 * day
  add(1)
  trim({ days: 3 })
  expect(bounds().first).toBe(0)
  clock.now = 6 * day
  trim({ days: 3 })
  expect(bounds().first).toBe(2)
})

test('a host keeps as much as it is told', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const ada = await person(first.ws, 'Ada')
  for (let index = 0; index < 8; index += 1) {
    await ada.send('/app/chat/message', { roomId: 'general', content: `${index}` })
  }
  await first.stop()
  const { ws } = await startHost({ dataDir, keep: { messages: 3 } })
  const heard = await (await person(ws, 'Bob')).subscribe(destination, { 'x-stream-offset': 'offset=0' })
  await expect.poll(() => contents(heard)).toEqual(['5', '6', '7'])
})

test('a database of the first version is brought along, its bytes counted', () => {
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
  const messages = openMessages({ database: again, hasSpace: () => true, now: Date.now, log: silentLog })
  expect(messages.find('general', { messageId: 'b' })).toMatchObject({
    offset: 1,
    erased: false,
  })
})

/** The logs of the rooms that keep to the contract: SQLite's, which hosts use, and the one in memory, which tests use. */
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { openLogWriter, type LogWriter } from '../../../../main/host/history/log-writer.ts'
import { openRoomLog } from '../../../../main/host/history/room-log.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import type {
  Entry,
  NewMessage,
  NewRelation,
  Outcome,
  RoomLog,
} from '../../../../main/host/ports/room-log.ts'
import type { RelationRules } from '../../../../main/host/wire/relations.ts'
import { silentLog } from '../../broker/log.ts'
import { storedRoom } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { MemoryRoomLog } from './memory-room-log.ts'

interface Subject {
  log: RoomLog
  add: (roomId: string) => void
  remove: (roomId: string) => void
}

/** @returns a writer on the test's own thread, as it is seen from another. */
export const laterWriter = (writer: LogWriter): Pick<RoomLog, 'append' | 'trim' | 'purge'> => ({
  append: async group => Promise.resolve().then(() => writer.append(group)),
  trim: async (roomId, keep) => Promise.resolve().then(() => writer.trim(roomId, keep)),
  purge: async () => Promise.resolve().then(() => writer.purge()),
})

const openSqlite = (now: () => number, rules?: RelationRules): Subject => {
  const database = openDatabase(join(temporaryFolder(), 'host.sqlite'))
  onTestFinished(() => void database.close())
  const rooms = openRooms(database)
  const writer = openLogWriter({ database, hasSpace: () => true, now, log: silentLog, rules })
  return {
    log: openRoomLog({ database, writer: laterWriter(writer) }),
    add: roomId => rooms.addRoom(storedRoom(roomId)),
    remove: roomId => rooms.removeRoom(roomId, now()),
  }
}

const openMemory = (now: () => number, rules?: RelationRules): Subject => {
  const log = new MemoryRoomLog(now, rules)
  return { log, add: roomId => log.add(roomId), remove: roomId => log.remove(roomId) }
}

/** For `describe.each`: what a log is called, and what opens one. */
export const roomLogs = [
  ['in SQLite', openSqlite],
  ['in memory', openMemory],
] as const

export const message = (
  messageId: string,
  roomId = 'general',
  senderId = 'ada',
  sentAt = 1_000,
): NewMessage => ({
  roomId,
  senderId,
  messageId,
  sentAt,
  body: Buffer.from(`${messageId} at ${sentAt}`),
})

export const relation = (
  kind: NewRelation['kind'],
  messageId: string,
  target: NewRelation['target'],
  change: Partial<NewRelation> = {},
): NewRelation => ({
  kind,
  roomId: 'general',
  senderId: 'ada',
  sender: 'Ada',
  messageId,
  sentAt: 1_000,
  target,
  moderates: false,
  fields: {},
  ...change,
})
export const deletion = (messageId: string, target: NewRelation['target'], change?: Partial<NewRelation>) =>
  relation('delete', messageId, target, change)

/** Deletions leave `gone` in the message's place, whatever that was. */
export const goneRules: RelationRules = {
  delete: {
    who: 'sender-or-moderator',
    change: ({ erased }) => (erased ? null : { target: { body: 'gone', erased: true } }),
  },
}

export const text = (body: Uint8Array): string => Buffer.from(body).toString()
/** @returns the offsets of what was stored, and what became of the others. */
export const offsetsOf = (outcomes: readonly Outcome[]): (number | string)[] =>
  outcomes.map(outcome => (outcome.kind === 'stored' ? outcome.offset : outcome.kind))

/** A log with the rooms `general` and `로비`. */
export const startLog = (open: (typeof roomLogs)[number][1], rules?: RelationRules) => {
  const { log, ...subject } = open(() => 1_000, rules)
  for (const roomId of ['general', '로비']) subject.add(roomId)
  const append = async (...group: Entry[]) => offsetsOf(await log.append(group))
  const texts = async (roomId = 'general', from = 0, limit = 100) =>
    (await log.read(roomId, from, limit)).map(({ body }) => text(body))
  return { ...subject, log, append, texts }
}

/** Makes a fresh cache with what only this computer has: servers, rooms, drafts and unsent messages. */
import { rmSync } from 'node:fs'
import Database from 'better-sqlite3'
import { z } from 'zod'
import {
  messageIdSchema,
  roomIdSchema,
  roomKey,
  roomKeySchema,
  roomKinds,
  serverIdSchema,
  type RoomKey,
} from '../../shared/contract/model.ts'
import { readProfile, type Profile } from '../../shared/contract/profile.ts'
import { createCache, type CacheCalls } from './cache.ts'
import { openDatabase } from './open.ts'
import { parseError } from './rows.ts'
import { profileOfRow } from './servers.ts'

const personSchema = z.object({ name: z.string() })
/** The columns of a server before there were profiles. */
const formerProfile = {
  login: z.string().nullable().default(null),
  virtual_host: z.string().nullable().default(null),
  subscribe_template: z.string().default(''),
  publish_template: z.string().default(''),
  time_zone: z.string().nullable().default(null),
}
const serverSchema = z.object({
  id: serverIdSchema,
  name: z.string(),
  url: z.string(),
  ...formerProfile,
  profile: z.string().optional(),
  fingerprint: z.string().length(64).nullable().default(null),
  own: z.number(),
  enabled: z.number(),
  kind: z.enum(['stompbox', 'stomp']).nullable(),
})
const roomSchema = z.object({
  id: z.number(),
  server_id: serverIdSchema,
  room_id: roomIdSchema,
  key: roomKeySchema,
  name: z.string(),
  topic: z.string(),
  kind: z.enum(roomKinds).default('public'),
  person_id: z.string().nullable().default(null),
  joined: z.number(),
  archived: z.number().default(0),
  draft: z.string(),
  invited_by: z.string().nullable().default(null),
  resume_offset: z.number().nullable().default(null),
})
const messageSchema = z.object({
  seq: z.number(),
  room: z.number(),
  id: messageIdSchema,
  type: z.string(),
  sender: z.string(),
  sender_id: z.string().nullable(),
  content: z.string(),
  sent_at: z.number(),
  received_at: z.number(),
  delivery: z.enum(['queued', 'sent', 'failed']),
  failure: z.string().nullable(),
  extra: z.string().nullable(),
})

/** @returns the rows that make sense, up to where the file is damaged. */
const readable = <Row>(db: Database.Database, query: string, schema: z.ZodType<Row>): Row[] => {
  const rows: Row[] = []
  try {
    for (const row of db.prepare(query).iterate()) {
      const parsed = schema.safeParse(row)
      if (parsed.success) rows.push(parsed.data)
    }
  } catch {
    // What is behind the damage can't be read.
  }
  return rows
}

/** @returns the rows of a table from both its ends, in the order of `key`, so that one damaged page costs only itself. */
const fromBothEnds = <Row>(
  db: Database.Database,
  from: string,
  key: keyof Row & string,
  schema: z.ZodType<Row>,
): Row[] => {
  const read = (direction: string) =>
    readable(db, `SELECT * FROM ${from} ORDER BY ${key} ${direction}`, schema)
  const rows = new Map([...read('ASC'), ...read('DESC')].map(row => [row[key], row]))
  return [...rows.values()].sort((a, b) => (a[key] < b[key] ? -1 : 1))
}

/** @returns the profile of a server in a file of an earlier version. */
const profileBefore = (row: z.infer<z.ZodObject<typeof formerProfile>>): Profile =>
  readProfile({
    connect: { login: row.login, virtualHost: row.virtual_host },
    rooms: { subscribe: [row.subscribe_template], send: row.publish_template },
    body: { timeZone: row.time_zone },
  })

const copyServers = (from: Database.Database, to: CacheCalls): void => {
  const [person] = readable(from, 'SELECT name FROM person', personSchema)
  if (person) to.savePerson(person)
  for (const row of fromBothEnds(from, 'servers', 'id', serverSchema)) {
    const { id, name, url, fingerprint, profile, own, enabled, kind } = row
    to.saveServer({
      id,
      name,
      url,
      fingerprint,
      profile: profile === undefined ? profileBefore(row) : profileOfRow(profile),
      own: own === 1,
      enabled: enabled === 1,
      kind,
    })
  }
}

/** The history of a room is read again; what had come before the damage is not unread then. */
const copyRoom = (room: z.infer<typeof roomSchema>, to: CacheCalls): void => {
  to.saveRoom({
    serverId: room.server_id,
    roomId: room.room_id,
    kind: room.kind,
    name: room.name,
    topic: room.topic,
    personId: room.person_id,
    joined: room.joined === 1,
    absence: null,
    archived: room.archived === 1,
    ...(room.invited_by !== null && { invitedBy: room.invited_by }),
    readOffset: room.resume_offset === null ? null : room.resume_offset + 1,
  })
}

const copyMessage = (room: RoomKey, row: z.infer<typeof messageSchema>, to: CacheCalls): void => {
  to.queueMessage({
    room,
    id: row.id,
    type: row.type,
    sender: row.sender,
    senderId: row.sender_id,
    content: row.content,
    sentAt: row.sent_at,
    receivedAt: row.received_at,
    offset: null,
    own: true,
    mentionsMe: false,
    extra: row.extra,
  })
  if (row.delivery === 'failed')
    to.setDelivery(room, row.id, 'failed', parseError(row.failure === null ? null : JSON.parse(row.failure)))
  else if (row.delivery === 'sent') to.setDelivery(room, row.id, 'sent')
}

/** A row that the new cache does not take is left out. */
const tolerant = (work: () => void): void => {
  try {
    work()
  } catch {
    // Such as a room whose server could not be read.
  }
}

const copy = (from: Database.Database, to: CacheCalls): void => {
  copyServers(from, to)
  const rooms = fromBothEnds(from, 'rooms', 'id', roomSchema)
  const keys = new Map(rooms.map(room => [room.id, roomKey(room.server_id, room.room_id)]))
  for (const room of rooms) tolerant(() => copyRoom(room, to))
  const unsent = `messages WHERE delivery IN ('queued', 'sent', 'failed')`
  for (const message of fromBothEnds(from, unsent, 'seq', messageSchema)) {
    const room = keys.get(message.room)
    if (room !== undefined) tolerant(() => copyMessage(room, message, to))
  }
  // Queueing a message clears the draft of its room.
  for (const { key, draft } of rooms) if (draft !== '') tolerant(() => void to.saveDraft(key, draft))
}

/**
 * Makes a new cache beside a damaged one, which is only read. What can't be read in it is left out.
 * @returns the file of the new cache, closed.
 * @throws Failure `disk-full` or `disk-readonly`, with the file.
 */
export const rescueCache = (file: string): string => {
  const fresh = `${file}.new`
  for (const end of ['', '-wal', '-shm']) rmSync(`${fresh}${end}`, { force: true })
  const cache = createCache(openDatabase(fresh))
  try {
    tolerant(() => {
      const damaged = new Database(file, { readonly: true })
      try {
        copy(damaged, cache)
      } finally {
        damaged.close()
      }
    })
  } finally {
    cache.close()
  }
  return fresh
}

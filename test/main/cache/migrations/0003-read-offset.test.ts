import { expect, test } from 'vitest'
import { openDatabase } from '../../../../main/cache/open.ts'
import { firstSchema } from '../../../../main/cache/migrations/0001-first-schema.ts'
import { fingerprint } from '../../../../main/cache/migrations/0002-fingerprint.ts'
import { readOffset } from '../../../../main/cache/migrations/0003-read-offset.ts'
import { newFile, openHere } from '../fixtures.ts'

const steps = [firstSchema, fingerprint, readOffset]

test('adds the read offset to the rooms', () => {
  const db = openHere(newFile(), steps)
  const table = db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'rooms'`).pluck().get()
  expect(table?.replaceAll(/^ {4}/gm, '')).toMatchSnapshot()
})

test('a room from before has none, and stays as it was', () => {
  const file = newFile()
  const before = openDatabase(file, [firstSchema, fingerprint])
  before.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox');
    INSERT INTO rooms (key, server_id, room_id, name, topic, joined, unread)
    VALUES ('s1/general', 's1', 'general', '로비', '', 1, 3)`)
  before.close()
  expect(openHere(file, steps).prepare('SELECT * FROM rooms').all()).toMatchObject([
    { name: '로비', unread: 3, read_offset: null },
  ])
})

import { expect, test } from 'vitest'
import { openDatabase } from '../../../../main/cache/open.ts'
import { firstSchema } from '../../../../main/cache/migrations/0001-first-schema.ts'
import { fingerprint } from '../../../../main/cache/migrations/0002-fingerprint.ts'
import { readOffset } from '../../../../main/cache/migrations/0003-read-offset.ts'
import { roomKind } from '../../../../main/cache/migrations/0004-room-kind.ts'
import { roomArchived } from '../../../../main/cache/migrations/0005-room-archived.ts'
import { newFile, openHere } from '../fixtures.ts'

const before = [firstSchema, fingerprint, readOffset, roomKind]

test('a room from before is not archived, and stays as it was', () => {
  const file = newFile()
  const old = openDatabase(file, before)
  old.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox');
    INSERT INTO rooms (key, server_id, room_id, kind, name, topic, joined, unread)
    VALUES ('s1/general', 's1', 'general', 'private', '로비', '', 1, 3)`)
  old.close()
  const db = openHere(file, [...before, roomArchived])
  expect(db.prepare('SELECT * FROM rooms').all()).toMatchObject([
    { name: '로비', kind: 'private', unread: 3, archived: 0 },
  ])
  expect(() => db.exec('UPDATE rooms SET archived = 2')).toThrow('CHECK')
})

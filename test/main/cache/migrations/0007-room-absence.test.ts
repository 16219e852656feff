import { expect, test } from 'vitest'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { roomAbsence } from '../../../../main/cache/migrations/0007-room-absence.ts'
import { openDatabase } from '../../../../main/cache/open.ts'
import { newFile, openHere } from '../fixtures.ts'

const before = migrations.slice(0, migrations.indexOf(roomAbsence))

test('of a room that was left before, the reason is not known; only known reasons are kept', () => {
  const file = newFile()
  const old = openDatabase(file, before)
  old.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox');
    INSERT INTO rooms (key, server_id, room_id, kind, name, topic, joined, draft)
    VALUES ('s1/general', 's1', 'general', 'private', '로비', '', 0, '쓰던 글')`)
  old.close()
  const db = openHere(file, [...before, roomAbsence])
  expect(db.prepare('SELECT * FROM rooms').all()).toMatchObject([
    { name: '로비', joined: 0, draft: '쓰던 글', absence: null },
  ])
  expect(() => db.exec(`UPDATE rooms SET absence = 'bored'`)).toThrow('CHECK')
})

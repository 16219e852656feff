import { expect, test } from 'vitest'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { openDatabase } from '../../../../main/cache/open.ts'
import { newFile, openHere } from '../fixtures.ts'

const steps = migrations.slice(0, 11)

test('a room from before has no open invitation, and stays as it was', () => {
  const file = newFile()
  const before = openDatabase(file, steps.slice(0, 10))
  before.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox');
    INSERT INTO rooms (key, server_id, room_id, kind, name, topic, joined, unread)
    VALUES ('s1/plans', 's1', 'plans', 'private', '계획', '', 1, 3)`)
  const [room] = before.prepare('SELECT * FROM rooms').all()
  before.close()
  const db = openHere(file, steps)
  expect(db.prepare('SELECT * FROM rooms').all()).toEqual([{ ...Object(room), invited_by: null }])
})

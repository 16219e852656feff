import { expect, test } from 'vitest'
import { openDatabase } from '../../../../main/cache/open.ts'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { newFile, openHere } from '../fixtures.ts'

const steps = migrations.slice(0, 6)

test('a room goes on where it was, by the message that has the offset; one without it begins anew', () => {
  const file = newFile()
  const before = openDatabase(file, steps.slice(0, 5))
  before.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox');
    INSERT INTO rooms (id, key, server_id, room_id, kind, name, topic, joined, next_offset) VALUES
      (1, 's1/a', 's1', 'a', 'public', '로비', '', 1, 8), (2, 's1/b', 's1', 'b', 'public', 'b', '', 1, 8),
      (3, 's1/c', 's1', 'c', 'public', 'c', '', 1, NULL);
    INSERT INTO messages (room, id, type, sender, content, sent_at, received_at, "offset", sort_at, own, mentions_me) VALUES
      (1, 'six', 'CHAT', '서연', '안녕', 1, 1, 6, 1, 0, 0), (1, 'seven', 'CHAT', '서연', '안녕', 1, 1, 7, 1, 0, 0),
      (2, 'three', 'CHAT', '서연', '안녕', 1, 1, 3, 1, 0, 0)`)
  before.close()
  const db = openHere(file, steps)
  expect(db.prepare('SELECT room_id, resume_offset, resume_id FROM rooms ORDER BY id').raw().all()).toEqual([
    ['a', 7, 'seven'],
    ['b', null, null],
    ['c', null, null],
  ])
  expect(db.pragma('table_info(rooms)')).not.toContainEqual(expect.objectContaining({ name: 'next_offset' }))
})

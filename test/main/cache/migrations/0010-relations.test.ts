import { expect, test } from 'vitest'
import { createCache } from '../../../../main/cache/cache.ts'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { openDatabase } from '../../../../main/cache/open.ts'
import { roomKeySchema } from '../../../../shared/contract/model.ts'
import { kept } from '../../../shared/core/message-cache/fixtures.ts'
import { newFile, openHere } from '../fixtures.ts'

const steps = migrations.slice(0, 10)

/** What a deletion's fields were kept as. */
const extra = (target: unknown, targetOffset: unknown): string =>
  JSON.stringify({ body: { target, targetOffset } })

test('deletions of hosts that are kept become relations; nothing else does, and no message changes', () => {
  const file = newFile()
  const before = openDatabase(file, steps.slice(0, 9))
  before.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind) VALUES
      ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox'),
      ('s2', '회사', 'ws://192.168.0.15:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stomp');
    INSERT INTO rooms (id, key, server_id, room_id, kind, name, topic, joined) VALUES
      (1, 's1/a', 's1', 'a', 'public', '로비', '', 1), (2, 's2/b', 's2', 'b', 'public', 'b', '', 1)`)
  const insert = before.prepare(`
    INSERT INTO messages (room, id, type, sender, content, sent_at, received_at, "offset", sort_at, own, mentions_me, extra)
    VALUES (?, ?, ?, '서연', ?, 1, 1, ?, 1, 0, 0, ?)`)
  insert.run(1, 'gone', 'DELETED', '', 0, null)
  insert.run(1, 'there', 'CHAT', '안녕', 1, extra('gone', 0))
  insert.run(1, 'of gone', 'DELETE', '', 2, extra('gone', 0))
  insert.run(1, 'of a later one', 'DELETE', '', 3, extra('late', 9))
  insert.run(1, 'of nothing', 'DELETE', '', 4, null)
  insert.run(1, 'of no number', 'DELETE', '', 5, extra('gone', '0'))
  insert.run(1, 'of no id', 'DELETE', '', 6, extra(7, 0))
  insert.run(1, 'of no JSON', 'DELETE', '', 7, '{')
  insert.run(2, 'elsewhere', 'DELETE', '', 8, extra('gone', 0))
  const messages = before.prepare('SELECT * FROM messages').all()
  before.close()

  const db = openHere(file, migrations)
  expect(db.prepare('SELECT * FROM messages').all()).toEqual(messages)
  const relations = db.prepare('SELECT message, room, kind, target, target_offset FROM relations').raw()
  expect(relations.all()).toEqual([
    [3, 1, 'delete', 'gone', 0],
    [4, 1, 'delete', 'late', 9],
  ])
  const room = roomKeySchema.parse('s1/a')
  const { changed } = createCache(db).storeMessages([kept('late', 9, 9, { room })])
  expect(changed).toMatchObject([{ change: 'new', message: { type: 'DELETED', content: '' } }])
})

import { expect, test } from 'vitest'
import { createCache } from '../../../../main/cache/cache.ts'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { openDatabase } from '../../../../main/cache/open.ts'
import { roomKeySchema } from '../../../../shared/contract/model.ts'
import { newFile, openHere } from '../fixtures.ts'

test('of a room from before it is not known until when it was followed', () => {
  const file = newFile()
  const before = openDatabase(file, migrations.slice(0, 12))
  before.exec(`
    INSERT INTO servers (id, name, url, profile, own, enabled, kind) VALUES ('s1', '집', 'ws://box/ws', '{}', 0, 1, 'stomp');
    INSERT INTO rooms (key, server_id, room_id, kind, name, topic, joined) VALUES ('s1/plans', 's1', 'plans', 'public', '계획', '', 1)`)
  before.close()
  const cache = createCache(openHere(file))
  const key = roomKeySchema.parse('s1/plans')
  expect(cache.followedUntil(key)).toBeNull()
  cache.saveFollowed([key], 17)
  expect(cache.followedUntil(key)).toBe(17)
})

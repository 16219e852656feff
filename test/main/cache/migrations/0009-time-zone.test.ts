import { expect, test } from 'vitest'
import { openDatabase } from '../../../../main/cache/open.ts'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { newFile, openHere } from '../fixtures.ts'

const steps = migrations.slice(0, 9)

test('a server that is kept has no time zone', () => {
  const file = newFile()
  const before = openDatabase(file, steps.slice(0, 8))
  before.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stomp')`)
  before.close()
  const db = openHere(file, steps)
  expect(db.prepare('SELECT id, time_zone FROM servers').raw().all()).toEqual([['s1', null]])
})

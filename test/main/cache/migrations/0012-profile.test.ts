import { expect, test } from 'vitest'
import { createCache } from '../../../../main/cache/cache.ts'
import { migrations } from '../../../../main/cache/migrations/index.ts'
import { openDatabase } from '../../../../main/cache/open.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import { newFile, openHere } from '../fixtures.ts'

test('login, virtual host, destinations and time zone of a server become its profile', () => {
  const file = newFile()
  const before = openDatabase(file, migrations.slice(0, 11))
  before.exec(`
    INSERT INTO servers (id, name, url, login, virtual_host, subscribe_template, publish_template, time_zone, own, enabled, kind)
    VALUES
      ('s1', '집', 'ws://192.168.0.14:7070/stomp', NULL, NULL, '/topic/{roomId}', '/topic/{roomId}', NULL, 0, 1, 'stompbox'),
      ('s2', '학교', 'ws://school/ws', 'jiwoo', '/v', '/sub/{roomId}', '/pub/{roomId}', 'Asia/Seoul', 0, 1, 'stomp')`)
  before.close()
  const { servers } = createCache(openHere(file)).load()
  expect(servers.map(({ id, profile }) => [id, profile])).toEqual([
    ['s1', profileOf()],
    [
      's2',
      profileOf({
        connect: { login: 'jiwoo', virtualHost: '/v' },
        rooms: { subscribe: ['/sub/{roomId}'], send: '/pub/{roomId}' },
        body: { timeZone: 'Asia/Seoul' },
      }),
    ],
  ])
})

import { expect, test } from 'vitest'
import { openDatabase } from '../../../../main/cache/open.ts'
import { firstSchema } from '../../../../main/cache/migrations/0001-first-schema.ts'
import { fingerprint } from '../../../../main/cache/migrations/0002-fingerprint.ts'
import { newFile, openHere } from '../fixtures.ts'

/** A closed file of the first schema with one server. */
const withServer = (): string => {
  const file = newFile()
  const db = openDatabase(file, [firstSchema])
  db.exec(`
    INSERT INTO servers (id, name, url, subscribe_template, publish_template, own, enabled, kind)
    VALUES ('s1', '집', 'ws://192.168.0.14:7070/stomp', '/topic/{roomId}', '/topic/{roomId}', 0, 1, 'stompbox')`)
  db.close()
  return file
}

test('adds the fingerprint to the servers', () => {
  const db = openHere(newFile(), [firstSchema, fingerprint])
  const table = db.prepare<[], string>(`SELECT sql FROM sqlite_schema WHERE name = 'servers'`).pluck().get()
  expect(table?.replaceAll(/^ {4}/gm, '')).toMatchSnapshot()
})

test('a server from before has none, and stays as it was', () => {
  const db = openHere(withServer(), [firstSchema, fingerprint])
  expect(db.prepare('SELECT * FROM servers').all()).toMatchObject([
    { id: 's1', name: '집', url: 'ws://192.168.0.14:7070/stomp', fingerprint: null },
  ])
})

test('takes whole fingerprints only', () => {
  const db = openHere(withServer(), [firstSchema, fingerprint])
  const set = db.prepare('UPDATE servers SET fingerprint = ?')
  expect(() => set.run('abcd')).toThrow('CHECK')
  expect(set.run('ab'.repeat(32)).changes).toBe(1)
})

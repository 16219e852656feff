/** Work on many rows where the folder for temporary files is small, however much room there is beside the database. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'

const main = (path: string): string => JSON.stringify(join(import.meta.dirname, '../../../main', path))

const newFolder = (): string => {
  const folder = mkdtempSync(join(tmpdir(), 'stompbox-small-'))
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }))
  return folder
}

/** @returns what a program prints whose temporary files have 1 MiB; null where this user may not mount such a folder. */
const runBesideFullTemporaryFolder = (program: string): string | null => {
  const small = newFolder()
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=1m', 'tmpfs', small]).status !== 0) return null
  onTestFinished(() => void spawnSync('umount', ['--lazy', small]))
  const { stdout, stderr } = spawnSync(
    process.execPath,
    ['--input-type=module', '-e', program, newFolder()],
    {
      env: { ...process.env, SQLITE_TMPDIR: small, TMPDIR: small },
      encoding: 'utf8',
    },
  )
  return stdout.trim() || stderr
}

const fill = (insert: string): string =>
  `db.exec(\`WITH RECURSIVE n(i) AS (VALUES (0) UNION ALL SELECT i + 1 FROM n WHERE i < 9999) ${insert}\`)`

test('a host’s database of an old version is migrated', ({ skip }) => {
  const printed = runBesideFullTemporaryFolder(`
    const { hostFile, openDatabase } = await import(${main('host/history/database.ts')})
    const { openFile } = await import(${main('sqlite/open.ts')})
    const file = process.argv[1] + '/host.sqlite'
    const db = openFile(file, { ...hostFile, migrations: hostFile.migrations.slice(0, 2) })
    db.exec("INSERT INTO room (room_id, name, created_at, next_offset) VALUES ('general', 'x', 1, 10000)")
    ${fill(`INSERT INTO message (room, "offset", sent_at, sender_id, message_id, body)
      SELECT 1, i, i, 'ada', 'm' || i, CAST(printf('%0300d', i) AS BLOB) FROM n`)}
    db.close()
    const now = openDatabase(file)
    console.log(JSON.stringify(now.prepare('SELECT count(*), max("offset"), sum(CAST(body AS INTEGER)) FROM message').raw().get()))`)
  if (printed === null) return skip('mounting a small folder needs root')
  expect(printed).toBe('[10000,9999,49995000]')
})

test('a server and a room are removed from the cache with all their messages', ({ skip }) => {
  const printed = runBesideFullTemporaryFolder(`
    const { openDatabase } = await import(${main('cache/open.ts')})
    const { createCache } = await import(${main('cache/cache.ts')})
    const db = openDatabase(process.argv[1] + '/messages.db')
    db.exec(\`INSERT INTO servers (id, name, url, own, enabled) VALUES ('s', 's', 'ws://x', 0, 1);
      INSERT INTO rooms (id, key, server_id, room_id, name, topic, joined) VALUES (1, 's/a', 's', 'a', 'a', '', 1), (2, 's/b', 's', 'b', 'b', '', 1)\`)
    ${fill(`INSERT INTO messages (room, id, type, sender, content, sent_at, received_at, sort_at, own, mentions_me)
      SELECT 1 + i % 2, 'm' || i, 'CHAT', 'ada', printf('%0300d', i), i, i, i, 0, 0 FROM n`)}
    const cache = createCache(db)
    const count = db.prepare('SELECT count(*) FROM messages').pluck()
    cache.removeRoom('s/a')
    const left = count.get()
    cache.removeServer('s')
    console.log(left, count.get(), cache.load().servers.length)
    cache.close()`)
  if (printed === null) return skip('mounting a small folder needs root')
  expect(printed).toBe('5000 0 0')
})

import { copyFileSync, existsSync, readdirSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, test } from 'vitest'
import { backUp, replacedIn, restore } from '../../../../main/host/history/backup.ts'
import { hostFile } from '../../../../main/host/history/database.ts'
import { openFile } from '../../../../main/sqlite/open.ts'
import { connect, contents, hostOptions, startHost } from '../fixture.ts'
import { openHost } from '../../../../main/host/host.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const say = async (ws: string, ...texts: string[]) => {
  const ada = await connect(ws, { login: 'Ada', 'device-key': 'a secret of sixteen letters' })
  for (const [n, content] of texts.entries())
    await ada.send('/app/chat/message', { roomId: 'general', content, id: `${content}-${n}`, type: 'CHAT' })
  await ada.client.deactivate()
}

const said = async (ws: string) => {
  const ben = await connect(ws, { login: 'Ben' })
  const messages = await ben.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await ben.send('/app/chat/message', {
    roomId: 'general',
    content: 'end',
    id: 'end',
    type: 'CHAT',
  })
  await expect.poll(() => contents(messages)).toContain('end')
  await ben.client.deactivate()
  return contents(messages).slice(0, -1)
}

/** A folder of a host that runs no more, in which this was said. */
const folderWith = async (...texts: string[]): Promise<string> => {
  const options = hostOptions()
  const host = await openHost(options)
  await say(host.ws, ...texts)
  await host.stop()
  return options.dataDir
}

test('a host runs on during a backup; the backup has all messages up to then', async () => {
  const dataDir = temporaryFolder()
  const file = join(temporaryFolder(), 'box.sqlite')
  const host = await startHost({ dataDir })
  await say(host.ws, '하나', 'two')
  backUp(dataDir, file, false)
  await say(host.ws, 'three')
  expect(await said(host.ws)).toEqual(['하나', 'two', 'three'])

  const other = join(temporaryFolder(), 'new')
  restore(other, file, false)
  expect(await said((await startHost({ dataDir: other })).ws)).toEqual(['하나', 'two'])
})

test.each([
  [
    'trigger',
    `CREATE TRIGGER spy AFTER INSERT ON message BEGIN DELETE FROM message WHERE place <> new.place; END`,
  ],
  ['view', 'CREATE VIEW spy AS SELECT * FROM person'],
  ['column', 'ALTER TABLE room ADD COLUMN spy TEXT'],
])('a backup with a foreign %s is refused', async (_what, statement) => {
  const file = join(temporaryFolder(), 'box.sqlite')
  backUp(await folderWith('x'), file, false)
  const database = new Database(file)
  database.exec(statement)
  database.close()
  expect(() => restore(temporaryFolder(), file, false)).toThrow('cache-corrupt')
})

test('a backup of an older version is accepted', () => {
  const file = join(temporaryFolder(), 'box.sqlite')
  openFile(file, { ...hostFile, migrations: hostFile.migrations.slice(0, 2) }).close()
  restore(temporaryFolder(), file, false)
})

test('names stay claimed', async () => {
  const file = join(temporaryFolder(), 'box.sqlite')
  backUp(await folderWith('x'), file, false)
  const dataDir = temporaryFolder()
  restore(dataDir, file, false)
  const { ws } = await startHost({ dataDir })
  await expect(connect(ws, { login: 'Ada', 'device-key': 'another secret of letters' })).rejects.toThrow()
})

test('only its owner can read a backup, and no other file is left beside it', async () => {
  const folder = temporaryFolder()
  backUp(await folderWith('x'), join(folder, 'box.sqlite'), false)
  expect(readdirSync(folder)).toEqual(['box.sqlite'])
  if (process.platform !== 'win32') expect(statSync(join(folder, 'box.sqlite')).mode & 0o777).toBe(0o600)
})

test('existing data is only replaced with force, and is kept', async () => {
  const [folder, file] = [await folderWith('old'), join(temporaryFolder(), 'box.sqlite')]
  writeFileSync(file, 'something of mine')
  expect(() => backUp(folder, file, false)).toThrow('file-exists')
  backUp(await folderWith('new'), file, true)
  expect(() => restore(folder, file, false)).toThrow('file-exists')
  restore(folder, file, true)
  expect(await said((await startHost({ dataDir: folder })).ws)).toEqual(['new'])
  const before = temporaryFolder()
  restore(before, replacedIn(folder), false)
  expect(await said((await startHost({ dataDir: before })).ws)).toEqual(['old'])
})

test('a backup path that can’t be written is reported', async () => {
  const [data, folder] = [await folderWith('x'), temporaryFolder()]
  for (const file of [join(folder, 'nowhere', 'box.sqlite'), folder])
    expect(() => backUp(data, file, true), file).toThrow('disk-readonly')
})

test('a host can’t be backed up onto itself', async () => {
  const folder = await folderWith('x')
  const file = join(folder, 'host.sqlite')
  expect(() => backUp(folder, file, true)).toThrow('file-exists')
  expect(() => backUp(folder, join(folder, '..', basename(folder), 'host.sqlite'), true)).toThrow(
    'file-exists',
  )
  expect(await said((await startHost({ dataDir: folder })).ws)).toEqual(['x'])
})

test('a restore can be undone with the replaced data', async () => {
  const [folder, file] = [await folderWith('old'), join(temporaryFolder(), 'box.sqlite')]
  backUp(await folderWith('new'), file, false)
  restore(folder, file, true)
  restore(folder, replacedIn(folder), true)
  expect(await said((await startHost({ dataDir: folder })).ws)).toEqual(['old'])
})

test('a copy of a host’s files is a backup, too, even if the data is only in the log', async () => {
  const [dataDir, copy] = [temporaryFolder(), temporaryFolder()]
  const host = await startHost({ dataDir })
  await say(host.ws, 'in the log')
  for (const name of ['host.sqlite', 'host.sqlite-wal']) copyFileSync(join(dataDir, name), join(copy, name))
  const folder = temporaryFolder()
  restore(folder, join(copy, 'host.sqlite'), false)
  expect(await said((await startHost({ dataDir: folder })).ws)).toEqual(['in the log'])
})

test('a damaged backup leaves existing data unchanged', async () => {
  const [folder, file] = [await folderWith('old'), join(temporaryFolder(), 'box.sqlite')]
  backUp(await folderWith('new'), file, false)
  truncateSync(file, 20_000)
  expect(() => restore(folder, file, true)).toThrow('cache-corrupt')
  expect(readdirSync(folder).filter(name => name.startsWith('host.sqlite'))).toEqual(['host.sqlite'])
  expect(await said((await startHost({ dataDir: folder })).ws)).toEqual(['old'])
})

test('a damaged history can be replaced by a backup', async () => {
  const [folder, file] = [await folderWith('x'), join(temporaryFolder(), 'box.sqlite')]
  backUp(folder, file, false)
  writeFileSync(join(folder, 'host.sqlite'), 'nonsense '.repeat(1000))
  writeFileSync(join(folder, 'host.sqlite-wal'), 'nonsense')
  restore(folder, file, true)
  expect(await said((await startHost({ dataDir: folder })).ws)).toEqual(['x'])
})

test('restore refuses a running host, and a file that is not a backup', async () => {
  const file = join(temporaryFolder(), 'box.sqlite')
  backUp(await folderWith('x'), file, false)
  const dataDir = temporaryFolder()
  await startHost({ dataDir })
  expect(() => restore(dataDir, file, true)).toThrow('cache-locked')
  const empty = join(temporaryFolder(), 'empty')
  writeFileSync(empty, 'nothing '.repeat(1000))
  expect(() => restore(temporaryFolder(), empty, false)).toThrow('cache-corrupt')
  expect(() => restore(temporaryFolder(), join(dataDir, 'nowhere'), false)).toThrow('file-unreadable')
  const nothing = temporaryFolder()
  expect(() => backUp(nothing, file, true)).toThrow('file-unreadable')
  expect(existsSync(file)).toBe(true)
})

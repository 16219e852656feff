/** Data folders of earlier versions: today's app opens them with nothing lost, and goes on where they ended. */
import { cpSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import Database from 'better-sqlite3'
import { expect, onTestFinished, test } from 'vitest'
import { openEngine, type Engine } from '../../main/app/engine.ts'
import { openCache } from '../../main/cache/client.ts'
import { createTexts } from '../../main/desktop/texts.ts'
import type { Message, Room } from '../../shared/contract/model.ts'
import { temporaryFolder } from './host/temporary-folder.ts'
import { bodies, connect, startHost } from './host/fixture.ts'
import { collectLog } from './collect-log.ts'
import { plainSeal } from './plain-seal.ts'

const source = (path: string) => new URL(`../../main/${path}`, import.meta.url)
const workers = {
  cache: source('cache/worker.ts'),
  host: source('host/thread/worker.ts'),
  hostLog: source('host/history/worker.ts'),
}

const passcode = 'open sesame, please'
const generalsTexts = [
  'Welcome to the workshop',
  '안녕하세요, 반가워요 🙂',
  '',
  '@지우 오늘 점심은 열두 시예요',
  '',
  '👍',
  'Nobody has read this one yet',
]
const generalsTypes = ['CHAT', 'CHAT', 'DELETED', 'CHAT', 'DELETE', 'REACTION', 'CHAT']

/** @returns a copy of what an earlier version has kept for this person. */
const copyOf = (person: 'ada' | 'jiwu'): string => {
  const folder = temporaryFolder()
  cpSync(join(import.meta.dirname, '../fixtures/data-folder-1', person), folder, { recursive: true })
  return folder
}
const replaceIn = (file: string, before: RegExp, after: string): void => {
  const text = readFileSync(file, 'utf8')
  expect(text).toMatch(before)
  writeFileSync(file, text.replace(before, after))
}

const openApp = async (folder: string): Promise<Engine> => {
  const engine = await openEngine({
    folder,
    workers,
    seal: plainSeal,
    texts: createTexts('ko'),
    log: collectLog().log,
    version: '1.2.3',
  })
  onTestFinished(async () => {
    for (const { run } of engine.shutdown) await run()
  })
  return engine
}
const roomCalled = (rooms: readonly Room[], name: string): Room => {
  const room = rooms.find(each => each.name === name)
  if (!room) throw new Error(`there is no room ${name}`)
  return room
}
const roomOf = ({ messenger }: Engine, name: string): Room => roomCalled(messenger.state().rooms, name)
const messagesOf = async (engine: Engine, name: string): Promise<Message[]> =>
  (await engine.messenger.commands.listMessages({ room: roomOf(engine, name).key, limit: 50 })).messages
const textsOf = async (engine: Engine, name: string): Promise<string[]> =>
  (await messagesOf(engine, name)).map(({ content }) => content)

/** Ada's app, whose host uses another port and only this computer reaches it; and 지우's app, configured with that port. */
const meetAgain = async () => {
  const hers = copyOf('ada')
  replaceIn(join(hers, 'settings.json'), /"port": \d+/, '"port": 0')
  replaceIn(join(hers, 'settings.json'), /"lan"/, '"loopback"')
  const ada = await openApp(hers)
  await ada.host.resume()
  const state = ada.host.state
  if (state.phase !== 'on') throw new Error(`the host is ${state.phase}`)
  const url = `ws://127.0.0.1:${state.port}/stomp`
  const theirs = copyOf('jiwu')
  replaceIn(join(theirs, 'credentials.json'), /localhost:\d+/, `localhost:${state.port}`)
  const database = new Database(join(theirs, 'cache.db'))
  database.prepare('UPDATE servers SET url = ?').run(url)
  database.close()
  return { ada, url, openJiwu: () => openApp(theirs) }
}

test('the host has its rooms, messages, deletions, people and certificate', async () => {
  const dataDir = join(copyOf('ada'), 'host')
  const host = await startHost({ dataDir, tls: 'own' })
  expect(host.fingerprint).toBe('b23e6b59647e82f93adb3b4009a9621ded1c11be12669394890293a116c49cbb')
  const people = { Ada: 'KxE9CB6JmXKeQMt22-6l6PC8Vkznnzq2', 지우: 'L19mRT800OcpKVeCACBOlX8OxCBhKjOd' }
  const [ada, jiwu] = await Promise.all(
    Object.entries(people).map(([login, key]) =>
      connect(`ws://127.0.0.1:${host.port}/stomp`, { login, 'device-key': key }),
    ),
  )
  if (!ada || !jiwu) throw new Error('nobody is there')
  const rooms = await jiwu.subscribe('/app/rooms')
  await expect
    .poll(() => bodies(rooms))
    .toMatchObject([
      {
        rooms: [
          { roomId: 'general', kind: 'public', role: 'member', nextOffset: 7 },
          { name: 'plans', kind: 'private', role: 'member', nextOffset: 2 },
          { roomId: 'atelier', kind: 'public', role: 'owner', nextOffset: 0 },
          { name: 'Ada', kind: 'direct', role: 'member', personId: ada.id },
        ],
      },
    ])

  const heard = await jiwu.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => bodies(heard).map(({ type }) => type)).toEqual(generalsTypes)
  expect(bodies(heard).map(({ content = '' }) => content)).toEqual(generalsTexts)
  expect(bodies(heard)[4]).toMatchObject({ target: bodies(heard)[2]?.id, targetOffset: 2 })
  await ada.send('/app/chat/message', { roomId: 'general', content: 'of today' })
  await expect.poll(() => bodies(heard).at(-1)).toMatchObject({ content: 'of today' })
  const offsets = heard.map(({ headers }) => headers['x-stream-offset'])
  expect(offsets).toEqual(['0', '1', '2', '3', '4', '5', '6', '7'])
  // Served as they are: earlier versions wrote the offset into the body as well.
  expect(bodies(heard).map(({ offset }) => offset)).toEqual([0, 1, 2, 3, 4, 5, 6, undefined])

  // A message of before is deleted as one of today is, and one that was deleted is not deleted again.
  await jiwu.send('/app/chat/delete', { roomId: 'general', offset: 1 })
  await jiwu.send('/app/chat/delete', { roomId: 'general', offset: 2 })
  await expect(jiwu.send('/app/chat/delete', { roomId: 'general', offset: 0 })).rejects.toThrow('not-allowed')
  const again = await ada.subscribe('/topic/room.general', { id: 'again', 'x-stream-offset': 'offset=1' })
  await expect.poll(() => again.length).toBe(8)
  expect(bodies(again)[0]).toEqual({
    roomId: 'general',
    id: bodies(heard)[1]?.id,
    type: 'DELETED',
    sender: '지우',
    senderId: jiwu.id,
    sentAt: bodies(heard)[1]?.sentAt,
  })
})

test('the cache has its person, server, rooms, messages, draft, read marks and outbox', async () => {
  const { cache } = await openCache({ file: join(copyOf('jiwu'), 'cache.db'), worker: workers.cache })
  onTestFinished(() => cache.close())
  const { person, servers, rooms } = await cache.load()
  expect(person).toEqual({ name: '지우' })
  expect(servers).toMatchObject([{ kind: 'stompbox', url: 'ws://127.0.0.1:40061/stomp', enabled: true }])
  expect(
    rooms.map(({ name, kind, unread, mentions, draft }) => [name, kind, unread, mentions, draft]),
  ).toEqual([
    ['general', 'public', 1, 0, ''],
    ['plans', 'private', 0, 0, ''],
    ['atelier', 'public', 0, 0, '반쯤 쓴 문장'],
    ['Ada', 'direct', 1, 0, ''],
  ])
  const list = async (name: string) =>
    (await cache.listMessages({ room: roomCalled(rooms, name).key, limit: 50 })).messages
  const general = await list('general')
  expect(general.map(({ content, type, offset }) => ({ content, type, offset }))).toEqual(
    generalsTexts.map((content, offset) => ({ content, type: generalsTypes[offset], offset })),
  )
  expect(general[3]).toMatchObject({ id: roomCalled(rooms, 'general').lastReadId, mentionsMe: true })
  expect(await cache.resumePoint(roomCalled(rooms, 'general').key)).toEqual({ offset: 6, id: general[6]?.id })
  expect((await list('plans')).map(({ content, delivery }) => [content, delivery])).toEqual([
    ['들어왔어요', 'confirmed'],
    ['The surprise is on Friday', null],
    ['호스트가 없을 때 쓴 말', 'queued'],
  ])
  const [server] = servers
  if (!server) throw new Error('there is no server')
  expect(await cache.listOutbox(server.id)).toMatchObject([
    {
      roomId: roomCalled(rooms, 'plans').roomId,
      attempts: 0,
      message: { content: '호스트가 없을 때 쓴 말' },
    },
  ])
  const found = async (query: string) =>
    (await cache.searchMessages({ query, limit: 10 })).hits.map(({ message: { content } }) => content)
  expect(await found('점심')).toEqual(['@지우 오늘 점심은 열두 시예요'])
  expect(await found('soon deleted')).toEqual([])
})

test('both apps go on where they ended: what waited goes out, and nothing comes twice', async () => {
  const { ada, openJiwu } = await meetAgain()
  expect(ada.settings.current()).toMatchObject({ language: 'en', host: { name: 'Ada’s box' } })
  expect(ada.host.state).toMatchObject({ passcode })
  await expect.poll(() => textsOf(ada, 'general')).toEqual(generalsTexts)
  await ada.messenger.commands.sendMessage({ room: roomOf(ada, 'general').key, content: 'meanwhile' })
  const jiwu = await openJiwu()
  await expect.poll(() => textsOf(ada, 'plans')).toContain('호스트가 없을 때 쓴 말')
  await expect.poll(() => textsOf(jiwu, 'general')).toEqual([...generalsTexts, 'meanwhile'])
  expect(roomOf(jiwu, 'general')).toMatchObject({ unread: 2, last: { content: 'meanwhile' } })
  expect(roomOf(jiwu, 'atelier')).toMatchObject({ draft: '반쯤 쓴 문장' })
  await expect
    .poll(async () => (await messagesOf(jiwu, 'plans')).map(({ delivery, offset }) => [delivery, offset]))
    .toEqual([
      ['confirmed', 0],
      [null, 1],
      ['confirmed', 2],
    ])
  expect(jiwu.messenger.state().servers).toMatchObject([{ kind: 'stompbox' }])
})

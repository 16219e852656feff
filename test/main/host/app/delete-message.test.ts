import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { bodies, contents, person, startHost } from '../fixture.ts'
import { reservedTypes } from '../../../../shared/protocol/reserved.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const remove = '/app/chat/delete'
const say = (id: string) => ({ roomId: 'general', id, content: `the text of ${id}`, mood: 'gone as well' })

const start = async (dataDir = temporaryFolder()) => {
  const opened = await startHost({ dataDir })
  const [host, ada] = [await person(opened.ws, 'Host'), await person(opened.ws, 'Ada')]
  return { opened, ws: opened.ws, host, ada, bob: await person(opened.ws, 'Bob') }
}

/** @returns the names of the files of a folder, without folders. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isFile() ? [entry.name] : []))

test('a deleted message leaves a tombstone at its offset; the room is told, live and in the history', async () => {
  const dataDir = temporaryFolder()
  const { opened, ada, bob } = await start(dataDir)
  const heard = await bob.subscribe('/topic/room.general')
  for (const id of ['m1', 'm2', 'm3']) await ada.send('/app/chat/message', say(id))
  await ada.send(remove, { roomId: 'general', id: 'm2' })
  await ada.send(remove, { roomId: 'general', offset: 1 })
  await ada.send('/app/chat/message', say('m4'))
  await expect
    .poll(() => bodies(heard).map(({ type }) => type))
    .toEqual(['CHAT', 'CHAT', 'CHAT', 'DELETE', 'CHAT'])
  expect(bodies(heard)[3]).toMatchObject({
    roomId: 'general',
    target: 'm2',
    targetOffset: 1,
    sender: 'Ada',
    senderId: ada.id,
  })
  await opened.stop()

  const { ws } = await startHost({ dataDir })
  const later = await (
    await person(ws, 'Bob')
  ).subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => later.length).toBe(5)
  expect(bodies(later)[1]).toEqual({
    roomId: 'general',
    id: 'm2',
    type: 'DELETED',
    sender: 'Ada',
    senderId: ada.id,
    sentAt: bodies(heard)[1]?.sentAt,
  })
  expect(later.map(({ headers }) => headers['x-stream-offset'])).toEqual(['0', '1', '2', '3', '4'])
  expect(contents(later)).toEqual([
    'the text of m1',
    undefined,
    'the text of m3',
    undefined,
    'the text of m4',
  ])
})

test('senders delete their own messages, moderators all; host messages can’t be deleted or forged', async () => {
  const { host, ada, bob } = await start()
  for (const id of ['m1', 'm2']) await ada.send('/app/chat/message', say(id))
  await bob.send('/app/chat/message', say('m1'))
  // The first of that id is Ada's; the offset says which one is meant.
  await expect(bob.send(remove, { roomId: 'general', id: 'm1' })).rejects.toThrow('not-allowed')
  await bob.send(remove, { roomId: 'general', offset: 2 })
  await host.send(remove, { roomId: 'general', id: 'm1' })
  for (const [body, code] of [
    [{ roomId: 'general', offset: 3 }, 'input-invalid'],
    [{ roomId: 'general', offset: 99 }, 'not-found'],
    [{ roomId: 'general', id: 'm99' }, 'not-found'],
    [{ roomId: 'general' }, 'input-invalid'],
    [{ roomId: 'nowhere', id: 'm1' }, 'not-found'],
  ] as const) {
    await expect(host.send(remove, body), JSON.stringify(body)).rejects.toThrow(code)
  }
  for (const type of reservedTypes) {
    const forged = { roomId: 'general', type, target: 'm2', targetOffset: 1 }
    await expect(bob.send('/app/chat/message', forged)).rejects.toThrow('input-invalid')
  }
})

test('a deletion sent right after its message deletes it; later messages come after it', async () => {
  const { ada, bob } = await start()
  const heard = await bob.subscribe('/topic/room.general')
  await Promise.all([
    ada.send('/app/chat/message', say('m1')),
    ada.send(remove, { roomId: 'general', id: 'm1' }),
    ada.send('/app/chat/message', say('m2')),
  ])
  await expect.poll(() => bodies(heard).map(({ type }) => type)).toEqual(['CHAT', 'DELETE', 'CHAT'])
  const later = await bob.subscribe('/topic/room.general', { id: 'later', 'x-stream-offset': 'first' })
  await expect.poll(() => bodies(later).map(({ type }) => type)).toEqual(['DELETED', 'DELETE', 'CHAT'])
})

test('two people who delete the same message delete it once', async () => {
  const { host, ada } = await start()
  const heard = await ada.subscribe('/topic/room.general')
  await ada.send('/app/chat/message', say('m1'))
  await Promise.all([host, ada].map(talker => talker.send(remove, { roomId: 'general', id: 'm1' })))
  await ada.send('/app/chat/message', say('m2'))
  await expect.poll(() => bodies(heard).map(({ type }) => type)).toEqual(['CHAT', 'DELETE', 'CHAT'])
})

test('the text of a deleted message leaves the disk while the host runs', async () => {
  const dataDir = temporaryFolder()
  const { ada } = await start(dataDir)
  const onDisk = (text: string): string[] =>
    filesIn(dataDir).filter(name => readFileSync(join(dataDir, name)).includes(text))
  // One that fits a page of the database, and one that does not.
  const long = `the long text ${'x'.repeat(9_000)}`
  await ada.send('/app/chat/message', say('kept'))
  await ada.send('/app/chat/message', say('short'))
  await ada.send('/app/chat/message', { roomId: 'general', id: 'long', content: long })
  expect(onDisk('the text of short')).not.toEqual([])
  await ada.send(remove, { roomId: 'general', id: 'short' })
  await ada.send(remove, { roomId: 'general', id: 'long' })
  await expect.poll(() => [...onDisk('the text of short'), ...onDisk('the long text')]).toEqual([])
  expect(onDisk('the text of kept')).toEqual(['host.sqlite'])
})

test('an offset beyond the range of a room reaches no message of another room, and reveals nothing about it', async () => {
  const { host, ada, bob } = await start()
  const eve = bob
  const replies = await eve.subscribe('/user/queue/replies')
  await eve.send('/app/room/create', { name: 'Eve’s', requestId: 'eves' })
  await expect.poll(() => bodies(replies).length).toBe(1)
  const all = Array.from({ length: 200 }, (_, index) => index)
  await Promise.all(all.map(index => ada.send('/app/chat/message', say(`m${index}`))))
  await Promise.all(
    all.map(index => eve.send('/app/chat/message', { roomId: 'eve-s', content: `mine ${index}` })),
  )

  // General is the first room of the table and Eve's the second: these numbers, added to the key of general's first message, make the keys
  // of Eve's messages; and the other way round. Beyond Eve's last message the answer is the same.
  const forged = [...all, 200, 1_000].flatMap(index => [
    { roomId: 'general', offset: 2 ** 32 + index },
    { roomId: 'eve-s', offset: index - 2 ** 32 },
  ])
  const before = eve.errors.length
  const answers = await Promise.allSettled(forged.map(body => eve.send(remove, body)))
  expect(new Set(answers.map(answer => answer.status === 'rejected' && String(answer.reason)))).toEqual(
    new Set(['Error: input-invalid']),
  )
  expect(new Set(eve.errors.slice(before).map(({ headers }) => headers.message)).size).toBe(2)

  const history = await host.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => history.length).toBe(200)
  expect(contents(history)).toEqual(all.map(index => `the text of m${index}`))
  const beyond = await host.subscribe('/topic/room.general', {
    id: 'beyond',
    'x-stream-offset': `offset=${2 ** 32}`,
  })
  await ada.send('/app/chat/message', say('next'))
  await expect.poll(() => contents(beyond)).toEqual(['the text of next'])
})

import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { openDatabase } from '../../../../main/host/history/database.ts'
import { openRooms } from '../../../../main/host/history/rooms.ts'
import { Rooms } from '../../../../main/host/rooms/rooms.ts'
import { MemoryDirectory } from '../ports/memory-directory.ts'
import { bodies, connect, contents, person, startHost, storedRoom } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** @returns the names of the files of a folder, without folders. */
const filesIn = (folder: string): string[] =>
  readdirSync(folder, { withFileTypes: true }).flatMap(entry => (entry.isFile() ? [entry.name] : []))

test('a fresh host has one room, with the given name', async () => {
  const { ws } = await startHost({ firstRoom: '로비' })
  const ada = await connect(ws, { login: 'Ada' })
  expect(bodies(await ada.subscribe('/app/rooms'))).toEqual([
    {
      rooms: [{ roomId: 'general', name: '로비', topic: '', kind: 'public', nextOffset: 0, role: 'member' }],
    },
  ])
})

test('a person makes a room, everybody is told, and it survives a restart', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const [ada, bob] = await Promise.all([
    connect(first.ws, { login: 'Ada' }),
    connect(first.ws, { login: 'Bob' }),
  ])
  const replies = await ada.subscribe('/user/queue/replies')
  const changes = await bob.subscribe('/topic/rooms')
  await ada.send('/app/room/create', { name: ' 점심 메뉴 투표! ', requestId: 'r1' })
  const room = { roomId: '점심-메뉴-투표', name: '점심 메뉴 투표!', topic: '', kind: 'public', nextOffset: 0 }
  await expect.poll(() => bodies(replies)).toEqual([{ requestId: 'r1', room }])
  await expect.poll(() => bodies(changes)).toEqual([{ type: 'ROOM_CREATED', room }])

  const heard = await bob.subscribe(`/topic/room.${room.roomId}`, { 'x-stream-offset': 'first' })
  await ada.send('/app/chat/message', { roomId: room.roomId, content: '비빔밥' })
  await expect.poll(() => contents(heard)).toEqual(['비빔밥'])
  await first.stop()

  const second = await startHost({ dataDir })
  const cho = await connect(second.ws, { login: 'Cho' })
  expect(bodies(await cho.subscribe('/app/rooms'))).toEqual([
    {
      rooms: [
        { roomId: 'general', name: 'general', topic: '', kind: 'public', nextOffset: 0, role: 'member' },
        { ...room, nextOffset: 1, role: 'member' },
      ],
    },
  ])
})

test('a repeated request makes no second room, even after a restart; requests of others are separate', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const ada = await person(first.ws, 'Ada')
  const replies = await ada.subscribe('/user/queue/replies')
  const request = { name: 'Plans', topic: 'of all kinds', requestId: 'r1' }
  await Promise.all([ada.send('/app/room/create', request), ada.send('/app/room/create', request)])
  const room = { roomId: 'plans', name: 'Plans', topic: 'of all kinds', kind: 'public', nextOffset: 0 }
  await expect
    .poll(() => bodies(replies))
    .toEqual([
      { requestId: 'r1', room },
      { requestId: 'r1', room },
    ])
  await first.stop()

  const second = await startHost({ dataDir })
  const [again, bob] = await Promise.all([person(second.ws, 'Ada'), person(second.ws, 'Bob')])
  await again.send('/app/room/create', request)
  expect(bodies(await bob.subscribe('/app/rooms'))[0]?.rooms).toHaveLength(2)
  await bob.send('/app/room/create', { ...request, name: 'Other plans' })
  expect(bodies(await bob.subscribe('/app/rooms', { id: 'later' }))[0]?.rooms).toHaveLength(3)
})

test('similar names get different ids; a requested id is given once', async () => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const replies = await ada.subscribe('/user/queue/replies')
  for (const body of [{ name: 'General?' }, { name: 'General!' }, { name: '도움', roomId: 'Help-Desk' }]) {
    await ada.send('/app/room/create', body)
  }
  await expect(
    ada.send('/app/room/create', { name: 'x', roomId: 'help-desk', requestId: 'r' }),
  ).rejects.toThrow('input-invalid')
  expect(ada.errors.map(({ headers }) => headers.requestId)).toEqual(['r'])
  expect(bodies(replies).map(({ room }) => room)).toEqual([
    { roomId: 'general-2', name: 'General?', topic: '', kind: 'public', nextOffset: 0 },
    { roomId: 'general-3', name: 'General!', topic: '', kind: 'public', nextOffset: 0 },
    { roomId: 'help-desk', name: '도움', topic: '', kind: 'public', nextOffset: 0 },
  ])
})

test.each([
  ['no name', {}],
  ['an empty name', { name: '  ' }],
  ['a name without end', { name: 'x'.repeat(65) }],
  ['an id that is no word', { name: 'x', roomId: 'a/b' }],
  ['a topic of several lines', { name: 'x', topic: 'a\nb' }],
  ['half a character in its topic', { name: 'x', topic: 'a\ud83d' }],
  ['an unknown kind', { name: 'x', kind: 'secret' }],
])('%s makes no room', async (_what, body) => {
  const { ws } = await startHost()
  const ada = await connect(ws, { login: 'Ada' })
  const changes = await ada.subscribe('/topic/rooms')
  await expect(ada.send('/app/room/create', body)).rejects.toThrow('input-invalid')
  expect(changes).toEqual([])
  expect(bodies(await ada.subscribe('/app/rooms'))[0]?.rooms).toHaveLength(1)
})

/**
 * Rooms without a host around them; their clock stands.
 * @param isEmpty whether nobody has said anything in a room.
 */
const newRooms = async (isEmpty: (roomId: string) => boolean = () => true) => {
  const clock = { elapsed: 0 }
  const directory = new MemoryDirectory()
  const rooms = new Rooms({
    directory,
    content: await directory.read(),
    now: Date.now,
    elapsed: () => clock.elapsed,
    isEmpty,
  })
  await rooms.open('general')
  return { rooms, clock }
}

test.each([
  ['a person', 'ada', 'bob', 100],
  ['guests together', null, 'ada', 200],
])('%s can’t use up the quota of rooms', async (_who, ownerId, other, most) => {
  const { rooms } = await newRooms()
  const create = (owner: string | null) =>
    rooms.create({ name: 'x', topic: '', kind: 'public', ownerId: owner, address: '127.0.0.1' })
  for (let index = 0; index < most; index += 1) await create(ownerId)
  await expect(create(ownerId)).rejects.toThrow(`${most} rooms`)
  // To give them away makes no room for more.
  for (const room of rooms.list()) await rooms.setStanding(room, 'eve', 'owner')
  await expect(create(ownerId)).rejects.toThrow(`${most} rooms`)
  expect((await create(other)).archived).toBe(false)
})

test('neither many device keys at one address nor many addresses use up the owner’s reserve', async () => {
  const { rooms } = await newRooms()
  const create = (ownerId: string, address: string) =>
    rooms.create({ name: 'x', topic: '', kind: 'public', ownerId, address })
  const [general] = rooms.list()
  if (general) await rooms.setStanding(general, 'host', 'owner')
  for (let index = 0; index < 250; index += 1) await create(`key ${Math.floor(index / 50)}`, '127.0.0.1')
  await expect(create('another key', '127.0.0.1')).rejects.toThrow('from your address')
  for (let index = 0; index < 649; index += 1)
    await create(`key ${Math.floor(index / 50)} elsewhere`, `10.0.${Math.floor(index / 50)}.1`)
  await expect(create('ada', '10.9.9.9')).rejects.toThrow('an owner of the host may make more')
  for (let index = 0; index < 100; index += 1) await create('host', '127.0.0.1')
  await expect(create('host', '127.0.0.1')).rejects.toThrow('1000 rooms')
})

test('names of public rooms are unique; private rooms do not count', async () => {
  const { ws } = await startHost()
  const ada = await person(ws, 'Ada')
  await ada.send('/app/room/create', { name: 'Plans' })
  await ada.send('/app/room/create', { name: 'Hush', kind: 'private' })
  for (const name of ['plans', 'ＰＬＡＮＳ', 'Pl\u200dans', 'General'])
    await expect(ada.send('/app/room/create', { name })).rejects.toThrow('room-name-taken')
  await ada.send('/app/room/create', { name: 'Plans', kind: 'private' })
  await ada.send('/app/room/create', { name: 'Hush' })
  await expect(ada.send('/app/room/rename', { roomId: 'hush', name: 'PLANS' })).rejects.toThrow(
    'room-name-taken',
  )
  await ada.send('/app/room/rename', { roomId: 'hush', name: 'HUSH' })
  await ada.send('/app/room/rename', { roomId: 'plans', topic: 'a topic alone' })
})

test('a message right behind a request finds the new room', async () => {
  const { ws } = await startHost()
  const ada = await person(ws, 'Ada')
  const made = ada.send('/app/room/create', { name: 'Plans' })
  const said = ada.send('/app/chat/message', { roomId: 'plans', content: 'at once' })
  const heard = await ada.subscribe('/topic/room.plans', { 'x-stream-offset': 'first' })
  await Promise.all([made, said])
  await expect.poll(() => contents(heard)).toEqual(['at once'])
})

test('of two concurrent requests for one name, one succeeds', async () => {
  const { ws } = await startHost()
  const people = [await person(ws, 'Ada'), await person(ws, 'Bob')]
  const ends = await Promise.allSettled(people.map(each => each.send('/app/room/create', { name: 'Plans' })))
  expect(ends.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected'])
})

test('a deleted room is gone for everybody, with its messages; its id can be used again', async () => {
  const dataDir = temporaryFolder()
  const opened = await startHost({ dataDir })
  const { ws } = opened
  await person(ws, 'Host')
  const [ada, bob] = [await person(ws, 'Ada'), await person(ws, 'Bob')]
  await ada.send('/app/room/create', { name: 'Plans' })
  const changes = await bob.subscribe('/topic/rooms')
  const heard = await bob.subscribe('/topic/room.plans', { id: 'plans' })
  await ada.send('/app/chat/message', { roomId: 'plans', content: 'the secret plan' })
  await expect.poll(() => heard.length).toBe(1)
  await expect(bob.send('/app/room/delete', { roomId: 'plans' })).rejects.toThrow('not-allowed')
  await expect(ada.send('/app/room/delete', { roomId: 'general' })).rejects.toThrow('not-allowed')
  await ada.send('/app/room/delete', { roomId: 'plans' })
  await expect
    .poll(() => bodies(changes))
    .toMatchObject([{ type: 'ROOM_REMOVED', room: { roomId: 'plans' } }])
  await expect(ada.send('/app/chat/message', { roomId: 'plans', content: 'x' })).rejects.toThrow('not-found')

  await bob.send('/app/room/create', { name: 'Plans' })
  const history = await ada.subscribe('/topic/room.plans', { id: 'again', 'x-stream-offset': 'first' })
  await bob.send('/app/chat/message', { roomId: 'plans', content: 'another plan' })
  await expect.poll(() => contents(history)).toEqual(['another plan'])
  expect(heard.length).toBe(1)
  await opened.stop()

  const again = await startHost({ dataDir })
  const cho = await person(again.ws, 'Cho')
  const kept = await cho.subscribe('/topic/room.plans', { 'x-stream-offset': 'first' })
  await expect.poll(() => contents(kept)).toEqual(['another plan'])
  const isOnDisk = () =>
    filesIn(dataDir).some(name => readFileSync(join(dataDir, name)).includes('the secret plan'))
  await expect.poll(isOnDisk).toBe(false)
})

test('an unused room is deleted after a month, unless it has listeners', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const ada = await person(first.ws, 'Ada')
  for (const name of ['Empty', 'New', 'Used']) await ada.send('/app/room/create', { name })
  await ada.send('/app/chat/message', { roomId: 'used', content: 'x' })
  await first.stop()
  const database = openDatabase(join(dataDir, 'host.sqlite'))
  database.exec(`UPDATE room SET created_at = 1 WHERE room_id <> 'new'`)
  database.close()
  const { ws } = await startHost({ dataDir })
  const again = await person(ws, 'Ada')
  const roomIds = async () => {
    const [directory] = bodies(await again.subscribe('/app/rooms'))
    return (directory?.rooms as { roomId: string }[]).map(({ roomId }) => roomId)
  }
  await expect.poll(roomIds).toEqual(['general', 'new', 'used'])
})

test('the number of direct rooms of a person is limited, whoever makes them', async () => {
  const { rooms } = await newRooms()
  for (let index = 0; index < 1_000; index += 1) await rooms.direct('ada', `stranger ${index}`, '127.0.0.1')
  await expect(rooms.direct('ada', 'bob', '127.0.0.1')).rejects.toThrow('1000 direct rooms')
  await expect(rooms.direct('bob', 'ada', '127.0.0.1')).rejects.toThrow('1000 direct rooms')
  expect((await rooms.direct('stranger 0', 'ada', '127.0.0.1')).isNew).toBe(false)
  expect((await rooms.direct('bob', 'cho', '127.0.0.1')).isNew).toBe(true)
})

test('empty direct rooms made by strangers use up nobody’s quota: the oldest is deleted', async () => {
  const said = new Set<string>()
  const { rooms } = await newRooms(roomId => !said.has(roomId))
  const made = []
  for (let index = 0; index < 1_000; index += 1)
    made.push((await rooms.direct(`stranger ${index}`, 'ada', '127.0.0.1')).room)
  const [first, second] = made
  said.add(first?.roomId ?? '')
  const { makesWay } = await rooms.direct('ada', 'bob', '127.0.0.1')
  expect(makesWay).toEqual([second])
  for (const room of makesWay) await rooms.remove(room)
  expect((await rooms.direct('cho', 'ada', '127.0.0.1')).makesWay).toHaveLength(1)
  for (const { roomId } of rooms.list()) said.add(roomId)
  await expect(rooms.direct('ada', 'dan', '127.0.0.1')).rejects.toThrow('1000 direct rooms')
})

test('people are told when their empty direct room is deleted for a new one', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const { id } = await person(first.ws, 'Ada')
  await first.stop()
  const database = openDatabase(join(dataDir, 'host.sqlite'))
  const table = openRooms(database)
  database.transaction(() => {
    for (let index = 0; index < 1_000; index += 1) {
      const stranger = `stranger ${index}`
      table.addRoom(
        {
          ...storedRoom(`direct-${index}`),
          kind: 'direct',
          directKey: `${id} ${stranger}`,
          madeBy: stranger,
          madeAt: Date.now(),
        },
        new Map([
          [id, 'member'],
          [stranger, 'member'],
        ]),
      )
    }
  })()
  database.close()
  const { ws } = await startHost({ dataDir })
  const [ada, bob] = [await person(ws, 'Ada'), await person(ws, 'Bob')]
  const changes = await ada.subscribe('/user/queue/rooms')
  await bob.send('/app/room/direct', { personId: ada.id })
  await expect.poll(() => bodies(changes).map(({ type }) => type)).toEqual(['ROOM_REMOVED', 'ROOM_CREATED'])
  expect(bodies(changes)).toMatchObject([{ room: { roomId: 'direct-0' } }, { room: { personId: bob.id } }])
})

test('the rate of new rooms from one address is limited to that of a class', async () => {
  const { rooms, clock } = await newRooms()
  const create = (ownerId: string, address = '192.168.0.21') =>
    rooms.create({ name: 'x', topic: '', kind: 'public', ownerId, address })
  const direct = (other: string) => rooms.direct('ada', other, '192.168.0.21')
  for (let index = 0; index < 59; index += 1) await create(`person ${index}`)
  await direct('ben')
  await expect(create('cho')).rejects.toThrow('try again in 30 s')
  await expect(direct('cho')).rejects.toThrow('try again in 30 s')
  expect((await direct('ben')).isNew).toBe(false)
  await create('cho', '192.168.0.22')
  clock.elapsed += 30_000
  await create('cho')
  await expect(create('cho')).rejects.toThrow('try again')
})

test('a name full of combining marks is refused before the host processes it', async () => {
  const { ws } = await startHost()
  const ada = await person(ws, 'Ada')
  const replies = await ada.subscribe('/user/queue/replies')
  await ada.send('/app/room/create', { name: 'Plans', kind: 'private', requestId: 'r1' })
  await expect.poll(() => replies.length).toBe(1)
  const { roomId } = z.object({ room: z.object({ roomId: z.string() }) }).parse(bodies(replies)[0]).room
  // Normalising the first of these takes seconds, so that six of them would outlast the test; the second fits a body.
  for (const [marks, code] of [
    [62_000, 'message-too-long'],
    [3_500, 'input-invalid'],
  ] as const) {
    const name = '\u0301'.repeat(marks) + '\u0316'.repeat(marks)
    for (const request of ['create', 'rename', 'invite', 'direct'])
      await expect(ada.send(`/app/room/${request}`, { roomId, name })).rejects.toThrow(code)
    await expect(ada.send('/app/room/rename', { roomId, topic: name })).rejects.toThrow(code)
    await expect(ada.send('/app/room/create', { name: 'x', roomId: name })).rejects.toThrow(code)
  }
})

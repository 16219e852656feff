import type { IMessage } from '@stomp/stompjs'
import { expect, test } from 'vitest'
import { bodies, connect, contents, person, startHost, type Talker } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** A public room of Ada's with the moderator Mia; Host is the first one on the host's own computer. */
const start = async (dataDir = temporaryFolder()) => {
  const opened = await startHost({ dataDir })
  const { ws } = opened
  const host = await person(ws, 'Host')
  const [ada, mia, bob] = [await person(ws, 'Ada'), await person(ws, 'Mia'), await person(ws, 'Bob')]
  await ada.send('/app/room/create', { name: 'Plaza' })
  await ada.send('/app/room/role', { roomId: 'plaza', name: 'Mia', role: 'moderator' })
  return { opened, ws, host, ada, mia, bob, guest: await connect(ws, { login: 'Guest' }) }
}

const ask = (talker: Talker, verb: string, body: Record<string, unknown> = {}): Promise<string> =>
  talker.send(`/app/room/${verb}`, { roomId: 'plaza', ...body }).then(
    () => 'done',
    (thrown: unknown) => (thrown instanceof Error ? thrown.message : 'thrown'),
  )

test('each role has its permissions', async () => {
  const { host, ada, mia, bob, guest } = await start()
  const verbs: [
    verb: string,
    body: Record<string, unknown>,
    owner: string,
    moderator: string,
    member: string,
  ][] = [
    ['rename', { name: 'Plaza', topic: 'sun' }, 'done', 'done', 'not-allowed'],
    ['rename', {}, 'input-invalid', 'input-invalid', 'not-allowed'],
    ['role', { name: 'Bob', role: 'member' }, 'done', 'not-allowed', 'not-allowed'],
    ['role', { name: 'Nobody', role: 'owner' }, 'not-found', 'not-allowed', 'not-allowed'],
    ['ban', { name: 'Ada' }, 'input-invalid', 'not-allowed', 'not-allowed'],
    ['remove', { name: 'Ada' }, 'not-allowed', 'not-allowed', 'not-allowed'],
    ['invite', { name: 'Bob' }, 'input-invalid', 'input-invalid', 'not-allowed'],
    ['archive', { archived: false }, 'done', 'not-allowed', 'not-allowed'],
  ]
  for (const [verb, body, ...answers] of verbs) {
    expect(
      [await ask(ada, verb, body), await ask(mia, verb, body), await ask(guest, verb, body)],
      verb,
    ).toEqual(answers)
  }
  // Who owns the host is an owner in every public room; guests have no roles.
  expect(await ask(host, 'rename', { topic: '' })).toBe('done')
  expect(await ask(ada, 'role', { personId: guest.id, role: 'moderator' })).toBe('input-invalid')
  expect(await ask(bob, 'remove', { name: 'Bob' })).toBe('done')
})

test('the owner of the host is an owner of every public room, and of no other', async () => {
  const { host, ada, guest } = await start()
  await ada.send('/app/room/create', { name: 'Quiet', kind: 'private' })
  const owners = async (talker: Talker, roomId: unknown) => {
    const [answer] = bodies(await talker.subscribe(`/app/members.${String(roomId)}`))
    const members = (answer?.members ?? []) as { personId: string; standing: string }[]
    return members.filter(({ standing }) => standing === 'owner').map(({ personId }) => personId)
  }
  const both = [host.id, ada.id]
  expect(await owners(guest, 'plaza')).toEqual(both)
  await ask(ada, 'role', { name: 'Host', role: 'moderator' })
  expect(await owners(guest, 'plaza')).toEqual(both)
  const [directory] = bodies(await ada.subscribe('/app/rooms'))
  const rooms = (directory?.rooms ?? []) as { roomId: string; kind: string }[]
  expect(await owners(ada, rooms.find(({ kind }) => kind === 'private')?.roomId)).toEqual([ada.id])
})

test('a room always has an owner', async () => {
  const { ada } = await start()
  expect(await ask(ada, 'role', { name: 'Ada', role: 'member' })).toBe('not-allowed')
  expect(await ask(ada, 'role', { name: 'Mia', role: 'owner' })).toBe('done')
  expect(await ask(ada, 'role', { name: 'Ada', role: 'member' })).toBe('done')
  expect(await ask(ada, 'archive')).toBe('not-allowed')
})

test('a banned person is cut off at once, on every subscription, and stays banned after a restart', async () => {
  const dataDir = temporaryFolder()
  const { opened, ada, mia, bob } = await start(dataDir)
  /** Presence comes to wildcards as well. */
  const said = (messages: IMessage[]) => contents(messages).filter(content => content !== undefined)
  const say = (content: string) => ada.send('/app/chat/message', { roomId: 'plaza', content })
  const heard = [
    await bob.subscribe('/topic/room.plaza'),
    await bob.subscribe('/topic/room.*'),
    await bob.subscribe('/topic/#'),
  ]
  const [told, adas] = [await bob.subscribe('/user/queue/rooms'), await ada.subscribe('/topic/room.plaza')]
  await say('before')
  await expect.poll(() => heard.map(said)).toEqual([['before'], ['before'], ['before']])
  expect(await ask(mia, 'ban', { personId: bob.id })).toBe('done')
  await say('after')
  await expect.poll(() => contents(adas)).toEqual(['before', 'after'])
  await expect(bob.send('/app/chat/message', { roomId: 'plaza', content: 'x' })).rejects.toThrow('banned')
  expect(heard.map(said)).toEqual([['before'], ['before'], ['before']])
  await expect
    .poll(() => bodies(told))
    .toMatchObject([
      { type: 'ROOM_REMOVED', room: { roomId: 'plaza' }, reason: 'banned' },
      { type: 'MEMBER_CHANGED', standing: 'banned' },
    ])
  await opened.stop()

  const { ws } = await startHost({ dataDir })
  const [again, host] = [await person(ws, 'Bob'), await person(ws, 'Host')]
  for (const destination of ['/topic/room.plaza', '/topic/room.#', '/topic/*.plaza']) {
    again.client.subscribe(destination, () => undefined)
    await expect.poll(() => again.errors.at(-1)?.headers.code).toBe('banned')
    again.errors.length = 0
  }
  expect(await ask(again, 'ban', { name: 'Bob', banned: false })).toBe('banned')
  expect(JSON.stringify(bodies(await again.subscribe('/app/rooms')))).not.toContain('plaza')
  const [members] = bodies(await host.subscribe('/app/members.plaza'))
  expect(members?.members).toContainEqual({ personId: bob.id, name: 'Bob', standing: 'banned' })
  expect(await ask(host, 'ban', { name: 'Bob', banned: false })).toBe('done')
  await again.send('/app/chat/message', { roomId: 'plaza', content: 'back' })
})

test('standings in a public room are announced to everybody; bans to moderators and to the person', async () => {
  const { host, ada, mia, bob, guest } = await start()
  const told = await Promise.all(
    [host, ada, mia, bob, guest].map(talker => talker.subscribe('/user/queue/rooms')),
  )
  const heard = () =>
    told.map(messages =>
      bodies(messages)
        .filter(({ type }) => type === 'MEMBER_CHANGED')
        .map(({ standing }) => standing),
    )
  await ask(ada, 'role', { name: 'Bob', role: 'moderator' })
  await expect.poll(heard).toEqual(told.map(() => ['moderator']))
  await ask(ada, 'ban', { name: 'Bob' })
  await ask(ada, 'ban', { name: 'Bob', banned: false })
  await ask(ada, 'ban', { personId: guest.id })
  const whole = ['moderator', 'banned', null]
  await expect
    .poll(heard)
    .toEqual([
      [...whole, 'banned'],
      [...whole, 'banned'],
      [...whole, 'banned'],
      whole,
      ['moderator', null, 'banned'],
    ])
})

test('an archived room is not listed and is read-only, until it is restored', async () => {
  const { ada, bob } = await start()
  const told = await bob.subscribe('/topic/rooms')
  await bob.send('/app/chat/message', { roomId: 'plaza', content: 'kept' })
  expect(await ask(ada, 'archive')).toBe('done')
  await expect(bob.send('/app/chat/message', { roomId: 'plaza', content: 'x' })).rejects.toThrow(
    'room-archived',
  )
  const heard = await bob.subscribe('/topic/room.plaza', { 'x-stream-offset': 'first' })
  await expect.poll(() => contents(heard)).toEqual(['kept'])
  const listed = async (destination: string) =>
    JSON.stringify(bodies(await ada.subscribe(destination))).includes('"plaza"')
  expect([await listed('/app/rooms'), await listed('/app/rooms/archived')]).toEqual([false, true])
  expect(await ask(ada, 'archive', { archived: false })).toBe('done')
  await bob.send('/app/chat/message', { roomId: 'plaza', content: 'again' })
  const room = { roomId: 'plaza', name: 'Plaza', topic: '', kind: 'public', nextOffset: 1 }
  await expect
    .poll(() => bodies(told))
    .toEqual([
      { type: 'ROOM_CHANGED', room: { ...room, archived: true } },
      { type: 'ROOM_CHANGED', room },
    ])
})

test('an archived room that is renamed is announced as archived', async () => {
  const { ada, bob } = await start()
  const told = await bob.subscribe('/topic/rooms')
  expect(await ask(ada, 'archive')).toBe('done')
  expect(await ask(ada, 'rename', { name: 'Square' })).toBe('done')
  await expect
    .poll(() => bodies(told).at(-1))
    .toMatchObject({ type: 'ROOM_CHANGED', room: { name: 'Square', archived: true } })
})

test('a room stays hidden from a banned person, whatever happens to it', async () => {
  const { ada, bob } = await start()
  await ask(ada, 'ban', { personId: bob.id })
  const own = await bob.subscribe('/user/queue/rooms')
  const changes: [verb: string, body: Record<string, unknown>][] = [
    ['rename', { topic: 'sun' }],
    ['archive', {}],
    ['archive', { archived: false }],
  ]
  for (const [verb, body] of changes) expect(await ask(ada, verb, body)).toBe('done')
  await expect
    .poll(() => bodies(own))
    .toMatchObject(changes.map(() => ({ type: 'ROOM_REMOVED', room: { roomId: 'plaza' }, reason: 'banned' })))
})

test('the first person on the host’s own computer owns the first room, but no guest and no second person', async () => {
  const { ws } = await startHost()
  await connect(ws, { login: 'Guest' })
  const [first, second] = [await person(ws, 'First'), await person(ws, 'Second')]
  const [rooms] = bodies(await first.subscribe('/app/rooms'))
  expect(rooms?.rooms).toMatchObject([{ roomId: 'general', role: 'owner' }])
  expect(bodies(await second.subscribe('/app/rooms'))[0]?.rooms).toMatchObject([{ role: 'member' }])
})

test('a ban applies to the person, whatever their name', async () => {
  const { ws, ada, bob } = await start()
  expect(await ask(ada, 'ban', { personId: bob.id })).toBe('done')
  await bob.client.deactivate()
  const renamed = await connect(ws, { login: 'Bobby', 'device-key': 'the device key of Bob' })
  expect(renamed.id).toBe(bob.id)
  await expect(renamed.send('/app/chat/message', { roomId: 'plaza', content: 'x' })).rejects.toThrow('banned')
  expect(await ask(ada, 'ban', { name: 'Bobby', banned: false })).toBe('done')
  await renamed.send('/app/chat/message', { roomId: 'plaza', content: 'back' })
})

test('nobody can act on people of their own rank', async () => {
  const { ada, mia, bob } = await start()
  await ask(ada, 'role', { name: 'Bob', role: 'moderator' })
  for (const verb of ['remove', 'ban'])
    expect(await ask(mia, verb, { name: 'Bob' }), verb).toBe('not-allowed')
  await ask(ada, 'role', { name: 'Bob', role: 'owner' })
  for (const verb of ['remove', 'ban'])
    expect(await ask(bob, verb, { name: 'Ada' }), verb).toBe('not-allowed')
  expect(await ask(bob, 'remove', { name: 'Mia' })).toBe('done')
  // An owner may go where there is another one.
  expect(await ask(bob, 'remove', { name: 'Bob' })).toBe('done')
  expect(await ask(ada, 'remove', { name: 'Ada' })).toBe('not-allowed')
})

test('an owner of the host frees a name; the next person who claims it is another person', async () => {
  const { ws, host, ada, bob, guest } = await start()
  for (const [talker, body, code] of [
    [ada, { name: 'Bob' }, 'not-allowed'],
    [host, { name: 'Nobody' }, 'not-found'],
    [host, { personId: guest.id }, 'input-invalid'],
    [host, { name: 'Host' }, 'input-invalid'],
  ] as const)
    await expect(talker.send('/app/name/free', body), JSON.stringify(body)).rejects.toThrow(code)
  const otherKey = { login: 'Bob', 'device-key': 'another device key of Bob' }
  await expect(connect(ws, otherKey)).rejects.toThrow('is taken')
  await host.send('/app/name/free', { name: 'Bob' })
  // Freed by mistake, it is taken back by coming again.
  expect((await person(ws, 'Bob')).id).toBe(bob.id)
  await expect(connect(ws, otherKey)).rejects.toThrow('is taken')
  await host.send('/app/name/free', { personId: bob.id })
  const other = await connect(ws, otherKey)
  expect(other.id).not.toBe(bob.id)
  await expect(person(ws, 'Bob')).rejects.toThrow('is taken')
})

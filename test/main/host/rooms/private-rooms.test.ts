import { expect, test } from 'vitest'
import { headersOf } from '../../broker/stompjs.ts'
import { bodies, connect, contents, person, startHost, type Talker } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

/** @returns the id of a new private room. */
const makePrivate = async (owner: Talker, name: string): Promise<string> => {
  const replies = await owner.subscribe('/user/queue/replies')
  await owner.send('/app/room/create', { name, kind: 'private', requestId: name })
  await expect
    .poll(() => bodies(replies))
    .toMatchObject([{ requestId: name, room: { name, kind: 'private' } }])
  const [room] = bodies(replies).map(reply => reply.room)
  return String((room as { roomId: unknown }).roomId)
}

const start = async () => {
  const { ws } = await startHost()
  const host = await person(ws, 'Host')
  const [ada, bob, eve] = [await person(ws, 'Ada'), await person(ws, 'Bob'), await person(ws, 'Eve')]
  const roomId = await makePrivate(ada, 'Plans')
  return { ws, host, ada, bob, eve, roomId }
}

const say = (talker: Talker, roomId: string, content: string): Promise<void> =>
  talker.send('/app/chat/message', { roomId, content })

const roomIds = async (talker: Talker, id = 'directory'): Promise<unknown[]> => {
  const [answer] = bodies(await talker.subscribe('/app/rooms', { id }))
  return (answer?.rooms as { roomId: unknown }[]).map(room => room.roomId)
}

test('outsiders can’t read, write, list, or learn that a private room exists', async () => {
  const { host, ada, eve, roomId } = await start()
  await say(ada, roomId, 'hush')
  for (const outsider of [eve, host]) {
    const refusals = ['room', 'presence', 'typing'].map(topic => `/topic/${topic}.${roomId}`)
    for (const [index, destination] of refusals.entries()) {
      const receipt = `no ${index}`
      const headers = { receipt, id: destination, 'x-stream-offset': 'first' }
      outsider.client.subscribe(destination, () => undefined, headersOf(headers))
      await expect.poll(() => outsider.errors.at(-1)?.headers['receipt-id']).toBe(receipt)
    }
    await expect(say(outsider, roomId, 'let me in')).rejects.toThrow('not-found')
    await expect(outsider.send('/app/typing', { roomId })).rejects.toThrow('not-found')
    await expect(outsider.send('/app/chat/delete', { roomId, offset: 0 })).rejects.toThrow('not-found')
    await expect(outsider.send('/app/room/rename', { roomId, name: 'x' })).rejects.toThrow('not-found')
    await expect(outsider.send('/app/room/invite', { roomId, name: 'Eve' })).rejects.toThrow('not-found')
    await expect(outsider.send(`/topic/room.${roomId}`, 'x')).rejects.toThrow('input-invalid')
    expect(await roomIds(outsider)).toEqual(['general'])
    // The same words as for a room that there is not.
    const words = outsider.errors.map(({ headers }) => headers.message?.replaceAll(roomId, 'nowhere'))
    await expect(say(outsider, 'nowhere', 'x')).rejects.toThrow('not-found')
    expect(words).toContain(outsider.errors.at(-1)?.headers.message)
  }
  expect(await roomIds(ada)).toEqual(['general', roomId])
})

test('the name of a private room is free for others; its id can’t be guessed', async () => {
  const { eve, roomId } = await start()
  expect(roomId).toMatch(/^plans-[0-9a-f]{10}$/)
  const replies = await eve.subscribe('/user/queue/replies')
  await eve.send('/app/room/create', { name: 'Plans' })
  await expect.poll(() => bodies(replies)).toMatchObject([{ room: { roomId: 'plans' } }])
})

test('wildcards cover public rooms only', async () => {
  const { ws, ada, eve, roomId } = await start()
  const named = await ada.subscribe(`/topic/room.${roomId}`)
  const all = await Promise.all(
    [ada, eve, await connect(ws)].map(talker => talker.subscribe('/topic/#', { 'x-stream-offset': 'first' })),
  )
  const one = await eve.subscribe('/topic/room.*')
  await ada.subscribe(`/topic/presence.${roomId}`)
  await ada.subscribe(`/topic/typing.${roomId}`)
  await ada.send('/app/typing', { roomId })
  await say(ada, roomId, 'hush')
  await say(ada, 'general', 'hello')
  await expect.poll(() => contents(named)).toEqual(['hush'])
  for (const heard of [...all, one]) {
    await expect.poll(() => contents(heard)).toContain('hello')
    expect(JSON.stringify(bodies(heard))).not.toContain(roomId)
  }
})

test('an invited person is told, reads the history, and writes; a removed person gets nothing more', async () => {
  const { ada, bob, eve, roomId } = await start()
  await say(ada, roomId, 'before')
  const [own, theirs] = [await ada.subscribe('/user/queue/rooms'), await bob.subscribe('/user/queue/rooms')]
  const publicly = await eve.subscribe('/topic/rooms')
  await ada.send('/app/room/invite', { roomId, name: 'bob' })
  const room = { roomId, name: 'Plans', topic: '', kind: 'private', nextOffset: 1 }
  const joined = {
    type: 'MEMBER_CHANGED',
    roomId,
    person: { personId: bob.id, name: 'Bob' },
    standing: 'member',
  }
  await expect.poll(() => bodies(theirs)).toEqual([{ type: 'ROOM_CREATED', room, invitedBy: 'Ada' }, joined])
  await expect.poll(() => bodies(own)).toEqual([joined])
  const heard = await bob.subscribe(`/topic/room.${roomId}`, { 'x-stream-offset': 'first' })
  await say(bob, roomId, 'hello')
  await expect.poll(() => contents(heard)).toEqual(['before', 'hello'])

  await ada.send('/app/room/remove', { roomId, personId: bob.id })
  await say(ada, roomId, 'gone')
  await expect
    .poll(() => bodies(theirs).slice(2))
    .toMatchObject([
      { type: 'ROOM_REMOVED', room: { ...room, nextOffset: 2 }, reason: 'removed' },
      { type: 'MEMBER_CHANGED', standing: null },
    ])
  await expect(say(bob, roomId, 'still here?')).rejects.toThrow('not-found')
  expect(contents(heard)).toEqual(['before', 'hello'])
  expect(publicly).toEqual([])
})

test('changes of a private room are announced to its people, and survive a restart', async () => {
  const dataDir = temporaryFolder()
  const first = await startHost({ dataDir })
  const [ada, bob] = [await person(first.ws, 'Ada'), await person(first.ws, 'Bob')]
  const roomId = await makePrivate(ada, 'Plans')
  await ada.send('/app/room/invite', { roomId, personId: bob.id })
  const [theirs, publicly] = [await bob.subscribe('/user/queue/rooms'), await bob.subscribe('/topic/rooms')]
  await ada.send('/app/room/rename', { roomId, name: 'Secret plans', topic: 'hush' })
  const room = { roomId, name: 'Secret plans', topic: 'hush', kind: 'private', nextOffset: 0 }
  await expect.poll(() => bodies(theirs)).toEqual([{ type: 'ROOM_CHANGED', room }])
  expect(publicly).toEqual([])
  await first.stop()

  const { ws } = await startHost({ dataDir })
  const [again, eve] = [await person(ws, 'Bob'), await person(ws, 'Eve')]
  const [{ role, members } = {}] = bodies(await again.subscribe(`/app/members.${roomId}`))
  expect(role).toBe('member')
  expect(members).toHaveLength(2)
  expect(members).toEqual(
    expect.arrayContaining([
      { personId: ada.id, name: 'Ada', standing: 'owner' },
      { personId: bob.id, name: 'Bob', standing: 'member' },
    ]),
  )
  expect(await roomIds(again)).toEqual(['general', roomId])
  expect(await roomIds(eve)).toEqual(['general'])
  await expect(say(eve, roomId, 'x')).rejects.toThrow('not-found')
})

test('a direct room exists once for its two people, each sees the other’s name', async () => {
  const { ws, ada, bob, eve } = await start()
  const [adas, bobs] = [await ada.subscribe('/user/queue/rooms'), await bob.subscribe('/user/queue/rooms')]
  await ada.send('/app/room/direct', { name: 'Bob' })
  await expect.poll(() => bodies(adas)).toMatchObject([{ type: 'ROOM_CREATED', room: { name: 'Bob' } }])
  await expect.poll(() => bodies(bobs)).toMatchObject([{ type: 'ROOM_CREATED', room: { name: 'Ada' } }])
  const { roomId } = bodies(bobs)[0]?.room as { roomId: string }
  const replies = await bob.subscribe('/user/queue/replies')
  await bob.send('/app/room/direct', { personId: ada.id, requestId: 'again' })
  const same = {
    requestId: 'again',
    room: { roomId, name: 'Ada', topic: '', kind: 'direct', personId: ada.id },
  }
  await expect.poll(() => bodies(replies)).toEqual([same])

  const heard = await bob.subscribe(`/topic/room.${roomId}`)
  await say(ada, roomId, 'just us')
  await expect.poll(() => contents(heard)).toEqual(['just us'])
  await expect(say(eve, roomId, 'me too')).rejects.toThrow('not-found')
  for (const [verb, more] of [
    ['invite', { name: 'Eve' }],
    ['remove', { name: 'Bob' }],
    ['ban', { name: 'Bob' }],
    ['rename', { name: 'x' }],
    ['archive', {}],
    ['role', { name: 'Bob', role: 'owner' }],
  ] as const) {
    await expect(ada.send(`/app/room/${verb}`, { roomId, ...more }), verb).rejects.toThrow('not-allowed')
  }
  await expect(ada.send('/app/room/direct', { name: 'ada' })).rejects.toThrow('input-invalid')
  await expect(ada.send('/app/room/direct', { name: 'nobody' })).rejects.toThrow('not-found')
  const guest = await connect(ws, { login: 'Guest' })
  await expect(guest.send('/app/room/direct', { name: 'Ada' })).rejects.toThrow('device-key-missing')
  await expect(ada.send('/app/room/direct', { personId: guest.id })).rejects.toThrow('input-invalid')
})

test('a person who left a room that they made learns nothing more by repeating the request', async () => {
  const { ada, bob, roomId } = await start()
  await ada.send('/app/room/invite', { roomId, name: 'Bob' })
  await ada.send('/app/room/role', { roomId, name: 'Bob', role: 'owner' })
  await bob.send('/app/room/role', { roomId, name: 'Ada', role: 'member' })
  await bob.send('/app/room/remove', { roomId, name: 'Ada' })
  await bob.send('/app/room/rename', { roomId, name: 'Surprise for Ada' })
  const again = ada.send('/app/room/create', { name: 'Plans', kind: 'private', requestId: 'Plans' })
  await expect(again).rejects.toThrow('not-found')
})

test('guests have no private rooms, because the host would not recognise them', async () => {
  const { ws, ada, roomId } = await start()
  const guest = await connect(ws, { login: 'Guest' })
  await expect(guest.send('/app/room/create', { name: 'Mine', kind: 'private' })).rejects.toThrow(
    'device-key-missing',
  )
  await expect(ada.send('/app/room/invite', { roomId, personId: guest.id })).rejects.toThrow('input-invalid')
})

test('a private room has only one spelling', async () => {
  const { ada, eve, bob, roomId } = await start()
  const named = await ada.subscribe(`/topic/room.${roomId}`)
  await ada.subscribe('/user/queue/rooms')
  const ways = [
    `/topic/room.${roomId.toUpperCase()}`,
    `/topic/room.${roomId.replace('p', '%70')}`,
    `/topic/room.${roomId}.`,
    `/topic/room..${roomId}`,
    `/topic/room.${roomId}*`,
    `/topic/ROOM.${roomId}`,
    `/topic/*.${roomId}`,
    `/topic/room.#.${roomId}`,
    `/topic/#.${roomId}.#`,
    `/queue/room.${roomId}`,
    `/queue/rooms`,
    `/user/${ada.id}/queue/rooms`,
    `/user/queue/rooms.${ada.id}`,
  ]
  const heard: unknown[] = []
  for (const destination of ways)
    eve.client.subscribe(
      destination,
      message => heard.push(message),
      headersOf({ 'x-stream-offset': 'first' }),
    )
  await say(ada, roomId, 'hush')
  await ada.send('/app/room/invite', { roomId, personId: bob.id })
  await expect.poll(() => contents(named)).toEqual(['hush'])
  for (const spelling of [
    roomId.toUpperCase(),
    `${roomId} `,
    ` ${roomId}`,
    `${roomId}\u0000`,
    `room.${roomId}`,
  ])
    await expect(say(eve, spelling, 'x'), spelling).rejects.toThrow(/not-found|input-invalid/)
  // What was on its way to her has come before this.
  await eve.subscribe('/app/rooms', { id: 'last' })
  expect(heard).toEqual([])
})

test('a person’s new name appears in direct rooms at once', async () => {
  const { ws, ada, bob } = await start()
  await ada.send('/app/room/direct', { name: 'Bob' })
  const bobs = await bob.subscribe('/user/queue/rooms')
  await connect(ws, { login: 'Ada Lovelace', 'device-key': 'the device key of Ada' })
  const room = { kind: 'direct', name: 'Ada Lovelace', personId: ada.id }
  await expect.poll(() => bodies(bobs)).toMatchObject([{ type: 'ROOM_CHANGED', room }])
})

/** Private and direct rooms between people at one host. */
import { expect, test } from 'vitest'
import { guestOf, startHost, type Somebody } from '../people.ts'
import { until } from '../until.ts'

const start = async () => {
  const host = await startHost()
  const [ada, bob] = [await guestOf(host, 'Ada'), await guestOf(host, 'Bob')]
  const plans = await ada.messenger.commands.createRoom({
    serverId: ada.serverId(),
    name: 'Plans',
    kind: 'private',
  })
  return { host, ada, bob, plans }
}
const sees = (who: Somebody, name: string): boolean =>
  who.messenger.state().rooms.some(room => room.name === name && room.joined)
const say = (who: Somebody, room: Parameters<Somebody['texts']>[0], content: string) =>
  who.messenger.commands.sendMessage({ room, content })

test('an invited person has a private room at once; a removed person keeps their draft until they are invited again', async () => {
  const { ada, bob, plans } = await start()
  const { inviteMember, removeMember } = ada.messenger.commands
  expect(await ada.room('Plans')).toMatchObject({ kind: 'private', personId: null })
  expect(sees(bob, 'Plans')).toBe(false)

  await inviteMember({ room: plans, name: 'bob' })
  const { key, kind } = await bob.room('Plans')
  expect(kind).toBe('private')
  await say(bob, key, 'I am in')
  await until(async () => expect(await ada.texts(plans)).toEqual(['I am in']))

  const { senderId } = (await ada.messages(plans))[0] ?? {}
  await bob.messenger.commands.saveDraft({ room: key, text: '쓰던 글' })
  await removeMember({ room: plans, personId: senderId ?? '' })
  await until(async () =>
    expect(await bob.room('Plans')).toMatchObject({ joined: false, absence: 'removed', draft: '쓰던 글' }),
  )
  await bob.restart()
  await inviteMember({ room: plans, name: 'Bob' })
  await until(async () =>
    expect(await bob.room('Plans')).toMatchObject({ joined: true, absence: null, draft: '쓰던 글' }),
  )
})

test('a direct room is the same for both, with the other’s name and face', async () => {
  const { ada, bob } = await start()
  const { key } = await ada.room('general')
  await say(bob, (await bob.room('general')).key, 'hello')
  await until(async () => expect(await ada.texts(key)).toEqual(['hello']))
  const { senderId } = (await ada.messages(key))[0] ?? {}
  const direct = { serverId: ada.serverId(), personId: senderId ?? '' }
  const room = await ada.messenger.commands.openDirectRoom(direct)
  expect(await ada.room('Bob')).toMatchObject({ key: room, kind: 'direct', personId: senderId })
  await say(ada, room, 'just us')
  await until(async () => expect(await bob.room('Ada')).toMatchObject({ kind: 'direct', unread: 1 }))
  expect(await ada.messenger.commands.openDirectRoom(direct)).toBe(room)
})

test('refusals reject with their code: unknown name, absent person, no connection', async () => {
  const { host, ada, plans } = await start()
  const { inviteMember, openDirectRoom, removeMember } = ada.messenger.commands
  await expect(inviteMember({ room: plans, name: 'Nobody' })).rejects.toMatchObject({
    error: { code: 'not-found' },
  })
  await expect(removeMember({ room: plans, personId: 'nobody' })).rejects.toMatchObject({
    error: { code: 'not-found' },
  })
  await host.stop()
  await until(() => expect(ada.connection().phase).not.toBe('online'))
  await expect(openDirectRoom({ serverId: ada.serverId(), personId: 'x' })).rejects.toMatchObject({
    error: { code: 'offline' },
  })
})

test('a person who leaves a private room is no longer a member; its only owner stays', async () => {
  const { ada, bob, plans } = await start()
  await expect(ada.messenger.commands.leaveRoom({ room: plans })).rejects.toMatchObject({
    error: { code: 'not-allowed' },
  })
  await ada.messenger.commands.inviteMember({ room: plans, name: 'Bob' })
  await bob.messenger.commands.leaveRoom({ room: (await bob.room('Plans')).key })
  await until(async () => expect(await bob.room('Plans')).toMatchObject({ joined: false, absence: 'left' }))
  await ada.messenger.commands.inviteMember({ room: plans, name: 'Bob' })
  await until(() => expect(sees(bob, 'Plans')).toBe(true))
})

test('a person removed while away finds out, and a person invited again while away is in', async () => {
  const { ada, bob, plans } = await start()
  const { inviteMember, removeMember } = ada.messenger.commands
  await inviteMember({ room: plans, name: 'Bob' })
  const { key } = await bob.room('Plans')
  await bob.messenger.commands.saveDraft({ room: key, text: '쓰던 글' })
  ada.watch(plans)
  const bobsId = await until(() => {
    const member = ada.members(plans)?.members.find(({ name }) => name === 'Bob')
    if (!member) throw new Error('Bob is not told')
    return member.personId
  })
  const whileAway = async (change: () => Promise<unknown>) => {
    await bob.messenger.stop()
    await change()
    await bob.restart()
  }
  await whileAway(() => removeMember({ room: plans, personId: bobsId }))
  await until(async () =>
    expect(await bob.room('Plans')).toMatchObject({ joined: false, absence: 'gone', draft: '쓰던 글' }),
  )
  await whileAway(() => inviteMember({ room: plans, name: 'Bob' }))
  await until(async () =>
    expect(await bob.room('Plans')).toMatchObject({ joined: true, absence: null, draft: '쓰던 글' }),
  )
})

test('an invitation shows the inviter’s name, also after a time away, until the room is opened, across restarts', async () => {
  const { ada, bob, plans } = await start()
  const { inviteMember, createRoom } = ada.messenger.commands
  const invitations = (who: Somebody) =>
    who.messenger
      .state()
      .rooms.filter(({ invitedBy }) => invitedBy !== null)
      .map(({ key, invitedBy }) => ({ room: key, by: invitedBy }))
  await ada.room('Plans')
  expect(invitations(ada)).toEqual([])

  await inviteMember({ room: plans, name: 'Bob' })
  const { key } = await bob.room('Plans')
  await until(() => expect(invitations(bob)).toEqual([{ room: key, by: 'Ada' }]))
  await bob.restart()
  expect(invitations(bob)).toEqual([{ room: key, by: 'Ada' }])
  bob.watch(key)
  await until(() => expect(invitations(bob)).toEqual([]))
  await bob.restart()
  expect(invitations(bob)).toEqual([])
  bob.watch(key)
  await until(() => expect(bob.connection().phase).toBe('online'))

  // A person who has the room open sees that they are in it again.
  await bob.messenger.commands.leaveRoom({ room: key })
  await inviteMember({ room: plans, name: 'Bob' })
  await until(async () => expect((await bob.room('Plans')).joined).toBe(true))
  expect(invitations(bob)).toEqual([])

  const server = { id: bob.serverId() }
  await bob.messenger.commands.disconnectServer(server)
  const more = await createRoom({ serverId: ada.serverId(), name: 'More', kind: 'private' })
  await inviteMember({ room: more, name: 'Bob' })
  await bob.messenger.commands.connectServer(server)
  await until(async () => expect(invitations(bob)).toEqual([{ room: (await bob.room('More')).key, by: '' }]))
})

/** The people of a room that is watched, at a real host. */
import { expect, test } from 'vitest'
import type { Member, RoomKey, RoomMembers } from '../../../../shared/contract/model.ts'
import type { ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { Members } from '../../../../shared/core/rooms/members.ts'
import type { Session } from '../../../../shared/core/session/session.ts'
import { aRoom } from '../../contract/examples.ts'
import { hostDialect } from '../dialect/spoken.ts'
import { guestOf, startHost, type Somebody } from '../people.ts'
import { silentLog } from '../real-ports.ts'
import { until } from '../until.ts'

const membersOf = (who: Somebody, room: RoomKey): Record<string, Omit<Member, 'name' | 'personId'>> =>
  Object.fromEntries(
    (who.members(room)?.members ?? []).map(({ name, personId: _id, ...member }) => [name, member]),
  )
const idOf = (who: Somebody, room: RoomKey, name: string): string =>
  who.members(room)?.members.find(member => member.name === name)?.personId ?? ''

const start = async () => {
  const host = await startHost()
  const [ada, bob] = [await guestOf(host, 'Ada'), await guestOf(host, 'Bob')]
  const { createRoom, inviteMember } = ada.messenger.commands
  const room = await createRoom({ serverId: ada.serverId(), name: 'Plans', kind: 'private' })
  await inviteMember({ room, name: 'Bob' })
  const theirs = (await bob.room('Plans')).key
  return { host, ada, bob, room, theirs }
}

test('members of a private room are shown with their roles, and follow changes', async () => {
  const { ada, bob, room, theirs } = await start()
  ada.watch(room)
  await until(() =>
    expect(membersOf(ada, room)).toEqual({
      Ada: { standing: 'owner', here: false, own: true },
      Bob: { standing: 'member', here: false, own: false },
    }),
  )
  bob.watch(theirs)
  await until(() => expect(bob.members(theirs)?.role).toBe('member'))
  const { setRole, removeMember } = ada.messenger.commands
  const personId = idOf(ada, room, 'Bob')
  await setRole({ room, personId, role: 'moderator' })
  await until(() => expect(membersOf(ada, room).Bob?.standing).toBe('moderator'))
  await until(() => expect(bob.members(theirs)?.role).toBe('moderator'))
  await removeMember({ room, personId })
  await until(() => expect(Object.keys(membersOf(ada, room))).toEqual(['Ada']))
  await until(() => expect(bob.members(theirs)).toBeNull())
  expect(bob.errors()).toEqual([])
})

test('presence is shown while the list of people is open', async () => {
  const { ada, bob, room } = await start()
  ada.watch(room, 'people')
  await until(() => expect(membersOf(ada, room)).toMatchObject({ Ada: { here: true }, Bob: { here: true } }))
  await bob.messenger.stop()
  await until(() => expect(membersOf(ada, room)).toMatchObject({ Ada: { here: true }, Bob: { here: false } }))
  ada.watch(room, 'open')
  expect(ada.members(room)).toMatchObject({ presence: false })
  expect(membersOf(ada, room)).toMatchObject({ Ada: { here: false } })
})

test('a banned person is shown to moderators, and leaves the lists of the others', async () => {
  const { ada, bob } = await start()
  const { key } = await ada.room('general')
  ada.watch(key, 'people')
  bob.watch((await bob.room('general')).key, 'people')
  await until(() => expect(membersOf(ada, key).Bob?.here).toBe(true))
  const about = { room: key, personId: idOf(ada, key, 'Bob') }
  await ada.messenger.commands.banMember({ ...about, banned: true })
  await until(() => expect(membersOf(ada, key).Bob).toMatchObject({ standing: 'banned', here: false }))
  await ada.messenger.commands.banMember({ ...about, banned: false })
  await until(async () => expect((await bob.room('general')).joined).toBe(true))
})

test('an unbanned person is in everybody’s list again, and their own list continues', async () => {
  const { host, ada, bob } = await start()
  const cara = await guestOf(host, 'Cara')
  const keys = new Map<Somebody, RoomKey>()
  for (const who of [ada, bob, cara]) keys.set(who, (await who.room('general')).key)
  const everybody = [...keys]
  for (const [who, room] of everybody) who.watch(room, 'people')
  const allSee = async (name: string): Promise<void> => {
    for (const [who, room] of everybody)
      await until(() => expect(membersOf(who, room)[name]).toMatchObject({ standing: null, here: true }))
  }
  await allSee('Bob')
  const { key: room } = await ada.room('general')
  const about = { room, personId: idOf(ada, room, 'Bob') }

  await ada.messenger.commands.banMember({ ...about, banned: true })
  await until(async () => expect(membersOf(cara, (await cara.room('general')).key).Bob).toBeUndefined())
  await until(async () => expect(bob.members((await bob.room('general')).key)).toBeNull())
  await ada.messenger.commands.banMember({ ...about, banned: false })
  await allSee('Bob')

  await guestOf(host, 'Dan')
  await allSee('Dan')
  expect(bob.errors()).toEqual([])
})

test('roles in a public room reach everybody who has it open, including the person', async () => {
  const { host, ada, bob } = await start()
  const eve = await guestOf(host, 'Eve')
  const { key: room } = await ada.room('general')
  const { key: bobs } = await bob.room('general')
  const { key: eves } = await eve.room('general')
  ada.watch(room, 'people')
  bob.watch(bobs)
  eve.watch(eves, 'people')
  await until(() => expect(membersOf(ada, room).Bob).toMatchObject({ standing: null, here: true }))
  await until(() => expect(bob.members(bobs)?.role).toBe('member'))
  await ada.messenger.commands.setRole({ room, personId: idOf(ada, room, 'Bob'), role: 'moderator' })
  await until(() => expect(membersOf(eve, eves).Bob).toMatchObject({ standing: 'moderator', here: true }))
  await until(() => expect(bob.members(bobs)?.role).toBe('moderator'))
})

test('a new owner of the host owns the room that they have open', async () => {
  const { ada, bob } = await start()
  const { key } = await ada.room('general')
  ada.watch(key, 'people')
  await until(() => expect(membersOf(ada, key).Bob).toBeDefined())
  const plaza = await ada.messenger.commands.createRoom({
    serverId: ada.serverId(),
    name: 'Plaza',
    kind: 'public',
  })
  expect(plaza).not.toBe(key)
  const { key: theirs } = await bob.room('Plaza')
  bob.watch(theirs)
  await until(() => expect(bob.members(theirs)?.role).toBe('member'))
  await ada.messenger.commands.setRole({ room: key, personId: idOf(ada, key, 'Bob'), role: 'owner' })
  await until(() => expect(bob.members(theirs)?.role).toBe('owner'))
})

test('a new session asks again; without a session nobody is known', async () => {
  const { host, ada, room } = await start()
  ada.watch(room, 'people')
  await until(() => expect(membersOf(ada, room).Bob).toBeDefined())
  await ada.messenger.commands.disconnectServer({ id: ada.serverId() })
  expect(ada.members(room)).toBeNull()
  await ada.messenger.commands.connectServer({ id: ada.serverId() })
  await until(() => expect(membersOf(ada, room).Bob).toMatchObject({ here: true }))
  expect(host.people()).toHaveLength(2)
})

test('a host that lists people endlessly is followed for a while', () => {
  const most = 10_000
  const answers: ((frame: ReceivedFrame) => void)[] = []
  const subscribe: Session['subscribe'] = (_destination, _headers, onMessage) => {
    answers.push(onMessage)
    return () => undefined
  }
  let told: RoomMembers | null = null
  const { members: dialect, personId } = hostDialect()
  if (!dialect) throw new Error('a host tells its members')
  const room = aRoom('plans')
  const state = { tellMembers: (_room: RoomKey, next: RoomMembers | null) => void (told = next) }
  const members = new Members({
    session: { subscribe },
    dialect,
    personId,
    room,
    state,
    log: silentLog,
  })
  const person = (n: number) => ({ personId: `p${n}`, name: `n${n}` })
  const named = Array.from({ length: most }, (_, n) => ({ ...person(n), standing: 'member' }))
  answers[0]?.({ headers: {}, body: JSON.stringify({ roomId: room.roomId, role: 'owner', members: named }) })
  const change = (n: number) =>
    members.changed({ roomId: room.roomId, person: person(n), standing: 'moderator' })
  const standings = () => new Map(told?.members.map(({ personId, standing }) => [personId, standing]))
  change(most)
  change(0)
  expect(standings().size).toBe(most)
  expect(standings().get('p0')).toBe('moderator')
})

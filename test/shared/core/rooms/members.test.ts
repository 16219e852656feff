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

const membersOf = ({ messenger }: Somebody): Record<string, Omit<Member, 'name' | 'personId'>> =>
  Object.fromEntries(
    (messenger.state().members?.members ?? []).map(({ name, personId: _id, ...member }) => [name, member]),
  )
const idOf = ({ messenger }: Somebody, name: string): string =>
  messenger.state().members?.members.find(member => member.name === name)?.personId ?? ''
const watch = (who: Somebody, room: RoomKey | null, presence = true) =>
  who.messenger.commands.watchMembers({ room, presence })

const start = async () => {
  const host = await startHost()
  const [ada, bob] = [await guestOf(host, 'Ada'), await guestOf(host, 'Bob')]
  const { createRoom, inviteMember } = ada.messenger.commands
  const room = await createRoom({ serverId: ada.serverId(), name: 'Plans', kind: 'private' })
  await inviteMember({ room, name: 'Bob' })
  const theirs = (await bob.room('Plans')).key
  return { host, ada, bob, room, theirs }
}

test('the members of a private room are told with what they are, and follow what changes', async () => {
  const { ada, bob, room, theirs } = await start()
  await watch(ada, room, false)
  await until(() =>
    expect(membersOf(ada)).toEqual({
      Ada: { standing: 'owner', here: false, own: true },
      Bob: { standing: 'member', here: false, own: false },
    }),
  )
  await watch(bob, theirs, false)
  await until(() => expect(bob.messenger.state().members?.role).toBe('member'))
  const { setRole, removeMember } = ada.messenger.commands
  await setRole({ room, personId: idOf(ada, 'Bob'), role: 'moderator' })
  await until(() => expect(membersOf(ada).Bob?.standing).toBe('moderator'))
  await until(() => expect(bob.messenger.state().members?.role).toBe('moderator'))
  await removeMember({ room, personId: idOf(ada, 'Bob') })
  await until(() => expect(Object.keys(membersOf(ada))).toEqual(['Ada']))
  expect(bob.errors()).toEqual([])
})

test('who is there right now is told while it is asked for', async () => {
  const { ada, bob, room } = await start()
  await watch(ada, room)
  await until(() => expect(membersOf(ada)).toMatchObject({ Ada: { here: true }, Bob: { here: true } }))
  await bob.messenger.stop()
  await until(() => expect(membersOf(ada)).toMatchObject({ Ada: { here: true }, Bob: { here: false } }))
  await watch(ada, room, false)
  await until(() => expect(membersOf(ada)).toMatchObject({ Ada: { here: false } }))
  await watch(ada, null)
  expect(ada.messenger.state().members).toBeNull()
})

test('who is banned from a public room is told to who may lift that, and goes for the others', async () => {
  const { ada, bob } = await start()
  const { key } = await ada.room('general')
  await watch(ada, key)
  await watch(bob, (await bob.room('general')).key)
  await until(() => expect(membersOf(ada).Bob?.here).toBe(true))
  await ada.messenger.commands.banMember({ room: key, personId: idOf(ada, 'Bob'), banned: true })
  await until(() => expect(membersOf(ada).Bob).toMatchObject({ standing: 'banned', here: false }))
  await ada.messenger.commands.banMember({ room: key, personId: idOf(ada, 'Bob'), banned: false })
  await until(async () => expect((await bob.room('general')).joined).toBe(true))
})

test('an unbanned person is in everybody’s list again, and their own list goes on', async () => {
  const { host, ada, bob } = await start()
  const cara = await guestOf(host, 'Cara')
  const { key: room } = await ada.room('general')
  await watch(ada, room)
  await watch(bob, (await bob.room('general')).key)
  await watch(cara, (await cara.room('general')).key)
  const isHere = { standing: null, here: true }
  for (const who of [ada, bob, cara]) await until(() => expect(membersOf(who).Bob).toMatchObject(isHere))
  const about = { room, personId: idOf(ada, 'Bob') }

  await ada.messenger.commands.banMember({ ...about, banned: true })
  await until(() => expect(membersOf(cara).Bob).toBeUndefined())
  await until(() => expect(bob.messenger.state().members).toBeNull())
  await ada.messenger.commands.banMember({ ...about, banned: false })
  for (const who of [ada, bob, cara]) await until(() => expect(membersOf(who).Bob).toMatchObject(isHere))

  await guestOf(host, 'Dan')
  for (const who of [ada, bob, cara]) await until(() => expect(membersOf(who).Dan).toMatchObject(isHere))
  expect(bob.errors()).toEqual([])
})

test('roles in a public room reach whoever looks at its people, and oneself', async () => {
  const { host, ada, bob } = await start()
  const eve = await guestOf(host, 'Eve')
  const { key: room } = await ada.room('general')
  await watch(ada, room)
  await watch(bob, (await bob.room('general')).key, false)
  await watch(eve, (await eve.room('general')).key)
  await until(() => expect(membersOf(ada).Bob).toMatchObject({ standing: null, here: true }))
  await until(() => expect(bob.messenger.state().members?.role).toBe('member'))
  await ada.messenger.commands.setRole({ room, personId: idOf(ada, 'Bob'), role: 'moderator' })
  await until(() => expect(membersOf(eve).Bob).toMatchObject({ standing: 'moderator', here: true }))
  await until(() => expect(bob.messenger.state().members?.role).toBe('moderator'))
})

test('who comes to own the host owns the room that they look at', async () => {
  const { ada, bob } = await start()
  const { key } = await ada.room('general')
  await watch(ada, key)
  await until(() => expect(membersOf(ada).Bob).toBeDefined())
  const plaza = await ada.messenger.commands.createRoom({
    serverId: ada.serverId(),
    name: 'Plaza',
    kind: 'public',
  })
  expect(plaza).not.toBe(key)
  await watch(bob, (await bob.room('Plaza')).key, false)
  await until(() => expect(bob.messenger.state().members?.role).toBe('member'))
  await ada.messenger.commands.setRole({ room: key, personId: idOf(ada, 'Bob'), role: 'owner' })
  await until(() => expect(bob.messenger.state().members?.role).toBe('owner'))
})

test('a session that comes back asks again; without one nobody is known', async () => {
  const { host, ada, room } = await start()
  await watch(ada, room)
  await until(() => expect(membersOf(ada).Bob).toBeDefined())
  await ada.messenger.commands.disconnectServer({ id: ada.serverId() })
  expect(ada.messenger.state().members).toBeNull()
  await ada.messenger.commands.connectServer({ id: ada.serverId() })
  await until(() => expect(membersOf(ada).Bob).toMatchObject({ here: true }))
  expect(host.people()).toHaveLength(2)
})

test('a host that names people without end is heard for a while', () => {
  const most = 10_000
  const answers: ((frame: ReceivedFrame) => void)[] = []
  const subscribe: Session['subscribe'] = (_destination, _headers, onMessage) => {
    answers.push(onMessage)
    return () => undefined
  }
  let told: RoomMembers | null = null
  const { members: dialect, personId } = hostDialect()
  if (!dialect) throw new Error('a host tells its members')
  const state = { setMembers: (next: RoomMembers | null) => void (told = next) }
  const members = new Members({
    session: { subscribe },
    dialect,
    personId,
    state,
    log: silentLog,
  })
  const room = aRoom('plans')
  members.watch({ room, presence: false, isShut: false })
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

/** What somebody finds who comes to a host where much was said before. */
import { expect, test } from 'vitest'
import { guestOf, serverAt, somebody, startHost, type Somebody } from '../people.ts'
import { until } from '../until.ts'

/** Somebody who says `texts` in the first room of a host. */
const hostWith = async (texts: string[]) => {
  const host = await startHost()
  const first = await guestOf(host, '지우')
  const { key } = await first.room('general')
  const say = (content: string) => first.messenger.commands.sendMessage({ room: key, content })
  for (const text of texts) await say(text)
  await until(async () =>
    expect((await first.messages(key)).map(({ delivery }) => delivery)).toEqual(texts.map(() => 'confirmed')),
  )
  return { host, first, say }
}

/** Every count of unread messages that was ever told. */
const unreadSeen = ({ events }: Somebody): number[] => [
  ...new Set(events.flatMap(event => (event.name === 'roomChanged' ? [event.payload.unread] : []))),
]

test('earlier messages are there and read; later ones are unread', async () => {
  const { host, say } = await hostWith(['하나', '@민준 둘', '셋'])
  const guest = await guestOf(host, '민준')
  const { key } = await guest.room('general')
  await until(async () => expect(await guest.texts(key)).toEqual(['하나', '@민준 둘', '셋']))
  expect(unreadSeen(guest)).toEqual([0])
  await say('넷')
  await until(async () => expect(await guest.room('general')).toMatchObject({ unread: 1, mentions: 0 }))
  const last = (await guest.messages(key)).at(2)
  expect((await guest.room('general')).lastReadId).toBe(last?.id)
})

test('a room made later has no earlier messages', async () => {
  const { host, first } = await hostWith([])
  const guest = await guestOf(host, '민준')
  const room = await first.messenger.commands.createRoom({
    serverId: first.serverId(),
    name: '점심',
    kind: 'public',
  })
  await guest.room('점심')
  await first.messenger.commands.sendMessage({ room, content: '비빔밥' })
  await until(async () => expect((await guest.room('점심')).unread).toBe(1))
})

test('an interrupted replay counts as read when it resumes', async () => {
  const { host, first, say } = await hostWith(['하나', '둘'])
  const guest = await somebody('민준')
  // The disk fails as soon as the room is kept: nothing of its history can be stored.
  const off = guest.messenger.onEvents(events => {
    if (events.some(({ name }) => name === 'roomChanged')) guest.disk.failure = { code: 'disk-full' }
  })
  await guest.messenger.commands.addServer(serverAt(host.ws))
  await until(() => expect(guest.connection()).toMatchObject({ error: { code: 'disk-full' } }))
  off()
  await say('셋')
  await until(async () => expect(await first.texts((await first.room('general')).key)).toHaveLength(3))
  guest.disk.failure = null
  await guest.restart()
  const { key } = await guest.room('general')
  await until(async () => expect(await guest.texts(key)).toEqual(['하나', '둘', '셋']))
  await until(async () => expect((await guest.room('general')).unread).toBe(1))
})

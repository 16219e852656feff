/** A person banned from a public room, which its host still lists for everybody. */
import { expect, onTestFinished, test } from 'vitest'
import { hostOf } from '../../../../shared/core/servers/server-address.ts'
import { Session } from '../../../../shared/core/session/session.ts'
import { createPoison } from '../../../../shared/core/session/poison.ts'
import { spokenAt } from '../dialect/spoken.ts'
import { guestOf, startHost, type Somebody } from '../people.ts'
import { memorySecrets, realPorts } from '../real-ports.ts'
import { until } from '../until.ts'

const ignore = () => undefined

/** What Ada, who owns the host, can do on the wire and the messenger does not offer. */
const sessionOf = async (secrets: Map<string, string>, url: string): Promise<Session> => {
  const session = await new Promise<Session>((resolve, reject) => {
    const opened = new Session({
      ...realPorts(),
      url,
      fingerprint: null,
      connectHeaders: {
        login: 'Ada',
        'device-key': secrets.get(`device-key:ws://localhost:${new URL(url).port}`) ?? '',
      },
      addressee: { host: hostOf(url), name: 'Ada', virtualHost: 'box' },
      poison: createPoison(() => 'box'),
      dialectOf: spokenAt,
      onConnected: () => resolve(opened),
      onError: ignore,
      onEnded: ({ code }) => reject(new Error(code)),
    })
  })
  onTestFinished(() => session.close())
  return session
}

/** Bob, who has been banned from Ada's public room `plans`. */
const start = async (said: string[]) => {
  const host = await startHost()
  const secrets = new Map<string, string>()
  const ada = await guestOf(host, 'Ada', { secrets: memorySecrets(secrets) })
  const bob = await guestOf(host, 'Bob')
  const owner = await sessionOf(secrets, host.ws)
  const ask = (verb: string, fields: object) =>
    owner.send({
      destination: `/app/room/${verb}`,
      body: JSON.stringify({ roomId: 'plans', ...fields }),
    })
  await ask('create', { name: 'Plans' })
  const { key } = await bob.room('Plans')
  for (const content of said) await bob.messenger.commands.sendMessage({ room: key, content })
  await until(async () => expect(await bob.texts(key)).toEqual(said))
  await ask('ban', { name: 'Bob' })
  return { ada, bob, ask, key }
}

const absenceOf = async (who: Somebody, name: string) => (await who.room(name)).absence
const roomsOf = (who: Somebody) => who.messenger.state().rooms.map(({ name, joined }) => [name, joined])

test('a banned person without messages of the room no longer sees it, whatever happens to it', async () => {
  const { ada, bob, ask } = await start([])
  await until(() => expect(roomsOf(bob)).toContainEqual(['Plans', false]))
  await ask('rename', { name: 'Secret plans' })
  await ask('rename', { roomId: 'general', name: 'Everybody' })
  await ada.room('Secret plans')
  await bob.room('Everybody')
  await until(() => expect(roomsOf(bob)).toEqual([['Everybody', true]]))

  await ask('archive', { archived: true })
  await ask('archive', { archived: false })
  await ask('rename', { roomId: 'general', name: 'All' })
  await bob.room('All')
  await until(() => expect(roomsOf(bob)).toEqual([['All', true]]))
})

test('a person banned from a room keeps its messages, and can’t come back', async () => {
  const { bob, ask, key } = await start(['hello'])
  const out = [
    ['general', true],
    ['Plans', false],
  ]
  await until(() => expect(roomsOf(bob)).toEqual(out))
  expect(await absenceOf(bob, 'Plans')).toBe('banned')
  await bob.messenger.commands.joinRoom({ room: key })
  await until(() => expect(bob.errors()).toEqual(['banned']))
  await until(() => expect(roomsOf(bob)).toEqual(out))
  expect(await bob.texts(key)).toEqual(['hello'])

  await ask('ban', { name: 'Bob', banned: false })
  await until(() => expect(roomsOf(bob)).toEqual([out[0], ['Plans', true]]))
  await bob.messenger.commands.sendMessage({ room: key, content: 'back' })
  await until(async () => expect((await bob.messages(key)).at(-1)?.delivery).toBe('confirmed'))
})

/** Messages of a dialect that takes its time, from the wire to the person. */
import { expect, onTestFinished, test } from 'vitest'
import type { KnownDialect, ReceivedFrame } from '../../../../shared/core/dialect/dialect.ts'
import { createDialects } from '../../../../shared/core/dialect/dialects.ts'
import { lines, linesScript } from '../dialect/lines-dialect.ts'
import { serverAt, somebody } from '../people.ts'
import { startScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

/** The dialect of lines, in which `slow` is read when the test says so. */
const slowLines = () => {
  const released = Promise.withResolvers<undefined>()
  const dialect: KnownDialect = {
    ...lines,
    speak(profile, connected, person) {
      const spoken = lines.speak(profile, connected, person)
      const decode = async (...[frame, context]: Parameters<typeof spoken.decode>) => {
        if (isSlow(frame)) await released.promise
        return spoken.decode(frame, context)
      }
      return { ...spoken, decode }
    },
  }
  return { dialects: createDialects([dialect]), release: () => released.resolve(undefined) }
}
const isSlow = ({ body }: ReceivedFrame): boolean => body === 'slow'

test('messages of a room are announced in order, even if one takes long to decode; other rooms continue', async () => {
  const server = await startScriptedServer(linesScript())
  onTestFinished(() => server.stop())
  const speaker = await somebody('민준', {}, createDialects([lines]))
  const { dialects, release } = slowLines()
  const reader = await somebody('지우', {}, dialects)
  for (const person of [speaker, reader]) {
    await person.messenger.commands.addServer(serverAt(server.url))
    await until(() => expect(person.connection().phase).toBe('online'))
    for (const name of ['one', 'two'])
      await person.messenger.commands.createRoom({ serverId: person.serverId(), name, kind: 'public' })
  }
  const roomOf = async (person: typeof reader, name: string) => (await person.room(name)).key
  const say = async (name: string, content: string) =>
    speaker.messenger.commands.sendMessage({ room: await roomOf(speaker, name), content })
  for (const content of ['before', 'slow', 'after']) await say('one', content)
  await say('two', 'elsewhere')
  const told = () =>
    reader.events.flatMap(event => (event.name === 'messageStored' ? [event.payload.message.content] : []))
  await until(() => expect(told()).toEqual(['before', 'elsewhere']))
  await until(async () =>
    expect((await speaker.messages(await roomOf(speaker, 'one'))).at(-1)?.delivery).toBe('confirmed'),
  )
  expect(told()).toEqual(['before', 'elsewhere'])
  release()
  await until(() => expect(told()).toEqual(['before', 'elsewhere', 'slow', 'after']))
  expect(await reader.texts(await roomOf(reader, 'one'))).toEqual(['before', 'slow', 'after'])
})

/** A host whose history was lost, or put back from a backup, and so counts its messages anew. */
import { expect, test } from 'vitest'
import { guestOf, startHost, type Somebody } from './people.ts'
import { until } from './until.ts'

const say = async (who: Somebody, content: string) => {
  const { key } = await who.room('general')
  await who.messenger.commands.sendMessage({ room: key, content })
  await until(async () => expect((await who.messages(key)).at(-1)?.delivery).toBe('confirmed'))
}

test('what was said there while somebody was away comes to them, though nobody says more', async () => {
  const before = await startHost()
  const ada = await guestOf(before, 'Ada')
  for (const content of ['one', 'two', 'three']) await say(ada, content)
  await ada.messenger.commands.disconnectServer({ id: ada.serverId() })
  await before.stop()

  const after = await startHost({ port: before.port })
  await say(await guestOf(after, 'Bob'), 'anew')
  await ada.messenger.commands.connectServer({ id: ada.serverId() })
  const { key } = await ada.room('general')
  await until(async () => expect(await ada.texts(key)).toEqual(['one', 'two', 'three', 'anew']))
})

/** A host whose history was lost, or restored from a backup, so that it repeats offsets. */
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { backUp, restore } from '../../../../main/host/history/backup.ts'
import { guestOf, startHost, temporaryFolder, type Somebody } from '../people.ts'
import { until } from '../until.ts'

const say = async (who: Somebody, content: string) => {
  const { key } = await who.room('general')
  await who.messenger.commands.sendMessage({ room: key, content })
  await until(async () => expect((await who.messages(key)).at(-1)?.delivery).toBe('confirmed'))
}

test('messages sent while a person was away arrive, even if no new one follows', async () => {
  const before = await startHost()
  const ada = await guestOf(before, 'Ada')
  for (const content of ['one', 'two', 'three']) await say(ada, content)
  await ada.messenger.commands.disconnectServer({ id: ada.serverId() })
  await before.stop()

  const after = await startHost({ port: before.port })
  await say(await guestOf(after, 'Bob'), 'fresh')
  await ada.messenger.commands.connectServer({ id: ada.serverId() })
  const { key } = await ada.room('general')
  await until(async () => expect(await ada.texts(key)).toEqual(['one', 'two', 'three', 'fresh']))
})

test('a host restored from a backup, with a longer history than before, hides no message from a returning person', async () => {
  const dataDir = await temporaryFolder()
  const backup = join(dataDir, 'backup.sqlite')
  const before = await startHost({ dataDir })
  const ada = await guestOf(before, 'Ada')
  await say(ada, 'one')
  backUp(dataDir, backup, false)
  for (const content of ['two', 'three']) await say(ada, content)
  await ada.messenger.commands.disconnectServer({ id: ada.serverId() })
  await before.stop()
  restore(dataDir, backup, true)

  const after = await startHost({ port: before.port, dataDir })
  const bob = await guestOf(after, 'Bob')
  const fresh = ['fresh', 'and more', 'and on']
  for (const content of fresh) await say(bob, content)
  await ada.messenger.commands.connectServer({ id: ada.serverId() })
  const { key } = await ada.room('general')
  await until(async () => expect(await ada.texts(key)).toEqual(['one', 'two', 'three', ...fresh]))

  await ada.messenger.commands.disconnectServer({ id: ada.serverId() })
  await say(bob, 'last')
  await ada.messenger.commands.connectServer({ id: ada.serverId() })
  await until(async () => expect(await ada.texts(key)).toEqual(['one', 'two', 'three', ...fresh, 'last']))
})

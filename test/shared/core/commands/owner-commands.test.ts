/** What an owner of a real host may do there beyond its rooms. */
import { expect, test } from 'vitest'
import { guestOf, startHost } from '../people.ts'

test('an owner deletes queues and frees names; others are refused', async () => {
  const host = await startHost()
  const [ada, bob] = [await guestOf(host, 'Ada'), await guestOf(host, 'Bob')]
  const queue = (who: typeof ada) => ({ serverId: who.serverId(), destination: '/queue/jobs' })
  await expect(ada.messenger.commands.deleteQueue(queue(ada))).rejects.toThrow('not-found')
  await expect(bob.messenger.commands.deleteQueue(queue(bob))).rejects.toThrow('not-allowed')
  await expect(bob.messenger.commands.freeName({ serverId: bob.serverId(), name: 'Ada' })).rejects.toThrow(
    'not-allowed',
  )
  await ada.messenger.commands.freeName({ serverId: ada.serverId(), name: 'Bob' })
  await bob.messenger.stop()
  await expect(ada.messenger.commands.freeName({ serverId: ada.serverId(), name: 'Cara' })).rejects.toThrow(
    'not-found',
  )
})

import { describe, expect, test } from 'vitest'
import { profileOf } from '../../shared/contract/profile.ts'
import { conforms } from './conformance.ts'
import { eventually, messagesOf, roomOf, say, textsOf } from './people.ts'
import { areInstalled, useServer } from './real-server.ts'

describe.runIf(await areInstalled('rabbitmq-cluster'))(
  'a cluster of RabbitMQ, everybody at another node',
  () => {
    const server = useServer('rabbitmq-cluster')
    const account = (node: number) => ({
      url: server.ws[node] ?? '',
      profile: profileOf({ connect: { login: 'guest' } }),
      passcode: 'guest',
    })
    conforms({ server, account, restarts: false })

    test('when a node is killed, the people at the others go on, and those of the node come back with it', async () => {
      const [a, b, c] = await roomOf(account, `room.${crypto.randomUUID()}`, ['지우', '민준', '서연'])
      if (!a || !b || !c) throw new Error('nobody is there')
      await server.kill('rabbit1')
      await eventually(() => expect(a.connection().phase).toBe('waiting'))
      await say(a, a.key, '그동안')
      await say(b, b.key, '우리는 계속')
      await eventually(async () => expect(await textsOf(c, c.key)).toEqual(['우리는 계속']))
      await server.start()
      await eventually(async () =>
        expect((await messagesOf(a, a.key)).map(({ delivery }) => delivery)).toEqual(['confirmed']),
      )
      for (const guest of [b, c])
        await eventually(async () =>
          expect(await textsOf(guest, guest.key)).toEqual(['우리는 계속', '그동안']),
        )
    })
  },
)

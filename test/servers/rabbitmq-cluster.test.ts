import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { conforms } from './conformance.ts'
import { survives } from './faults.ts'
import { keepsHistory } from './history.ts'
import { eventually, messagesOf, roomOf, say, textsOf } from './people.ts'
import { profileFile } from './profile-files.ts'
import { areInstalled, useServer } from './real-server.ts'

describe.runIf(await areInstalled('rabbitmq-cluster'))(
  'a cluster of RabbitMQ, everybody at another node',
  async () => {
    const server = useServer('rabbitmq-cluster')
    const accountOf = async (file: string) => {
      const profile = await profileFile(file, 'guest')
      return (node: number) => ({ url: server.ws[node] ?? '', profile, passcode: 'guest' })
    }
    const account = await accountOf('rabbitmq')
    const streams = await accountOf('rabbitmq-stream')
    conforms({ server, account, restarts: false })
    keepsHistory(streams)

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

    /** Long enough for the others to notice that it is gone. Milliseconds. */
    const gone = 3000
    const outage = async (node: string): Promise<void> => {
      await server.kill(node)
      await sleep(gone)
      await server.start()
    }
    survives([
      {
        // The first to ask for a stream has its leader at the own node.
        name: 'RabbitMQ cluster: the node one is connected to, with the stream’s leader, is killed',
        account: streams,
        room: 'leader.lost',
        keeps: true,
        bring: () => outage('rabbit1'),
      },
      {
        name: 'RabbitMQ cluster: a node that nobody is connected to is killed',
        account: streams,
        room: 'replica.lost',
        keeps: true,
        bring: () => outage('rabbit3'),
      },
    ])
  },
)

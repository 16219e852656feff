import { describe, expect, test } from 'vitest'
import { conforms } from './conformance.ts'
import { survives } from './faults.ts'
import { keepsForTheAbsent, keepsHistory } from './history.ts'
import { enter, eventually, meet, personAt, roomOf, say, textsOf } from './people.ts'
import { profileFile } from './profile-files.ts'
import { areInstalled, useServer } from './real-server.ts'

describe.runIf(await areInstalled('rabbitmq'))('RabbitMQ', () => {
  const server = useServer('rabbitmq')
  const accountOf = async (file: string, login = 'guest') => {
    const profile = await profileFile(file, login)
    return () => ({ url: server.ws[0] ?? '', profile, passcode: login })
  }
  const limits = {
    server,
    tooLarge: { text: '가'.repeat(100_000), code: 'frame-too-large' as const },
  }

  describe('topics', async () => {
    conforms({
      ...limits,
      account: await accountOf('rabbitmq'),
      forbidden: { account: await accountOf('rabbitmq', 'limited'), room: 'secret' },
    })
  })

  describe('streams', async () => {
    const account = await accountOf('rabbitmq-stream')
    conforms({
      ...limits,
      account,
      forbidden: { account: await accountOf('rabbitmq-stream', 'limited'), room: 'secret' },
    })
    keepsHistory(account)
  })

  describe('faults', async () => {
    const [topics, streams] = [await accountOf('rabbitmq'), await accountOf('rabbitmq-stream')]
    const restart = (end: 'stop' | 'kill') => async () => {
      await server[end]()
      await server.start()
    }
    survives([
      {
        name: 'RabbitMQ stopped and started, a stream',
        account: streams,
        room: 'f1',
        keeps: true,
        bring: restart('stop'),
      },
      {
        name: 'RabbitMQ killed and started, a stream',
        account: streams,
        room: 'f2',
        keeps: true,
        bring: restart('kill'),
      },
      {
        name: 'RabbitMQ killed and started, a topic',
        account: topics,
        room: 'f3',
        keeps: false,
        bring: restart('kill'),
      },
    ])
  })

  describe('durable queues', async () => {
    const account = await accountOf('rabbitmq-durable')
    keepsForTheAbsent(account)

    test('a subscription that the server cancels, because its queue was deleted, is renewed', async () => {
      const guests = await roomOf(account, 'cancelled', ['지우', '민준'])
      const [a, b] = guests
      if (!a || !b) throw new Error('nobody is there')
      // Another device of the same person shares the queue, so that each gets a part.
      const device = await personAt(account(), '민준')
      const key = await enter(device, 'cancelled')
      await eventually(async () => {
        await say(a, a.key, '전에')
        expect(await textsOf(device, key)).toContain('전에')
      })
      await device.messenger.commands.leaveRoom({ room: key })
      // What is said between the end of the queue and the new subscription is missed: the queue was deleted indeed.
      await eventually(async () => {
        await say(a, a.key, '사이에')
        const said = (await textsOf(a, a.key)).filter(text => text === '사이에')
        expect((await textsOf(b, b.key)).filter(text => text === '사이에').length).toBeLessThan(
          said.length - 3,
        )
      })
      await meet(guests)
    })
  })
})

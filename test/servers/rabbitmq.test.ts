import { describe } from 'vitest'
import { conforms } from './conformance.ts'
import { keepsForTheAbsent, keepsHistory } from './history.ts'
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

  describe('durable queues', async () => {
    keepsForTheAbsent(await accountOf('rabbitmq-durable'))
  })
})

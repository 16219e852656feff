import { describe } from 'vitest'
import { profileOf } from '../../shared/contract/profile.ts'
import { conforms } from './conformance.ts'
import { startServer } from './real-server.ts'

const server = await startServer('rabbitmq')

describe.skipIf(!server)('RabbitMQ', () => {
  if (!server) return
  const url = server.ws[0] ?? ''
  const accountOf = (login: string) => ({
    url,
    profile: profileOf({ connect: { login } }),
    passcode: login,
  })
  conforms({
    server,
    account: accountOf('guest'),
    tooLarge: '가'.repeat(100_000),
    forbidden: { account: accountOf('limited'), room: 'secret' },
  })
})

import { describe } from 'vitest'
import { profileOf } from '../../shared/contract/profile.ts'
import { conforms } from './conformance.ts'
import { areInstalled, useServer } from './real-server.ts'

describe.runIf(await areInstalled('rabbitmq'))('RabbitMQ', () => {
  const server = useServer('rabbitmq')
  const accountOf = (login: string) => () => ({
    url: server.ws[0] ?? '',
    profile: profileOf({ connect: { login } }),
    passcode: login,
  })
  conforms({
    server,
    account: accountOf('guest'),
    tooLarge: { text: '가'.repeat(100_000), code: 'frame-too-large' },
    forbidden: { account: accountOf('limited'), room: 'secret' },
  })
})

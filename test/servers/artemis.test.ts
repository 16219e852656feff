import { describe } from 'vitest'
import { profileOf } from '../../shared/contract/profile.ts'
import { conforms } from './conformance.ts'
import { areInstalled, useServer } from './real-server.ts'

describe.runIf(await areInstalled('artemis'))('Artemis', () => {
  const server = useServer('artemis')
  const accountOf = (login: string) => () => ({
    url: server.ws[0] ?? '',
    profile: profileOf({ connect: { login } }),
    passcode: login,
  })
  conforms({
    server,
    account: accountOf('admin'),
    tooLarge: { text: '가'.repeat(100_000), code: 'server-hangs-up' },
    forbidden: { account: accountOf('limited'), room: 'secret' },
  })
})

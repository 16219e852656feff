import { describe } from 'vitest'
import { conforms } from './conformance.ts'
import { keepsForTheAbsent } from './history.ts'
import { profileFile } from './profile-files.ts'
import { areInstalled, useServer } from './real-server.ts'

describe.runIf(await areInstalled('activemq'))('ActiveMQ', () => {
  const server = useServer('activemq')
  const accountOf = async (file: string, login = 'admin') => {
    const profile = await profileFile(file, login)
    return () => ({ url: server.ws[0] ?? '', profile, passcode: login })
  }

  describe('topics', async () => {
    conforms({
      server,
      account: await accountOf('activemq'),
      tooLarge: { text: '가'.repeat(100_000), code: 'frame-too-large' },
      forbidden: { account: await accountOf('activemq', 'limited'), room: 'secret' },
    })
  })

  describe('durable subscriptions', async () => {
    const profile = await profileFile('activemq-durable')
    // The server keeps a subscription for a client-id, and both people here have one login.
    keepsForTheAbsent(person => {
      const { connect } = profile
      const headers = [{ name: 'client-id', value: `person-${person}`, secret: false }]
      return {
        url: server.ws[0] ?? '',
        profile: { ...profile, connect: { ...connect, login: 'admin', headers } },
        passcode: 'admin',
      }
    })
  })
})

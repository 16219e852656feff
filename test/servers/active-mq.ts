/** ActiveMQ and Artemis, which differ in what they are called and in what they say to a message that is too large. */
import { describe } from 'vitest'
import type { ErrorCode } from '../../shared/contract/errors.ts'
import { conforms } from './conformance.ts'
import { keepsForTheAbsent } from './history.ts'
import { profileFile } from './profile-files.ts'
import { areInstalled, useServer } from './real-server.ts'

/** @param tooLarge the error of a message that is too large. */
export const describeActiveMq = async (
  broker: 'activemq' | 'artemis',
  name: string,
  tooLarge: ErrorCode,
): Promise<void> => {
  const isInstalled = await areInstalled(broker)
  describe.runIf(isInstalled)(name, () => {
    const server = useServer(broker)
    const accountOf = async (file: string, login = 'admin') => {
      const profile = await profileFile(file, login)
      return () => ({ url: server.ws[0] ?? '', profile, passcode: login })
    }

    describe('topics', async () => {
      conforms({
        server,
        account: await accountOf(broker),
        tooLarge: { text: '가'.repeat(100_000), code: tooLarge },
        forbidden: { account: await accountOf(broker, 'limited'), room: 'secret' },
      })
    })

    describe('durable subscriptions', async () => {
      const profile = await profileFile(`${broker}-durable`)
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
}

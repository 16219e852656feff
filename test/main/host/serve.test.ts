import { expect, onTestFinished, test } from 'vitest'
import { parseCommandLine } from '../../../main/host/command-line.ts'
import { serve } from '../../../main/host/serve.ts'
import { parseInvite } from '../../../shared/contract/invite.ts'
import { createTranslator } from '../../../shared/i18n/index.ts'
import { silentLog } from '../broker/log.ts'
import { temporaryFolder } from './temporary-folder.ts'

const translator = createTranslator('en')

const serveWith = async (args: string[]) => {
  const line = parseCommandLine(
    ['--port', '0', '--data', temporaryFolder(), ...args],
    '1.2.3',
    translator,
    {},
  )
  if (line.command !== 'host') throw new Error('a host was asked for')
  const served = await serve({ settings: line.settings, version: '1.2.3', translator, log: silentLog })
  onTestFinished(served.stop)
  return served
}

test('the invitation holds address, fingerprint, passcode and name', async () => {
  const { invite, ready } = await serveWith(['--tls', '--passcode', '해질녘-수박-42', '--name', '공방'])
  expect(ready.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(parseInvite(invite)).toEqual({
    url: ready.ws,
    fingerprint: ready.fingerprint,
    passcode: '해질녘-수박-42',
    name: '공방',
  })
})

test('what is not there is not in the invitation', async () => {
  const { invite, ready } = await serveWith(['--name', '공방'])
  expect(parseInvite(invite)).toEqual({ url: ready.ws, fingerprint: null, passcode: null, name: '공방' })
  expect(JSON.stringify(ready)).not.toContain('stompbox:')
})

import { once } from 'node:events'
import { request, type IncomingMessage } from 'node:http'
import { createServer } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { parseCommandLine } from '../../../../main/host/cli/command-line.ts'
import { serve } from '../../../../main/host/cli/serve.ts'
import { inviteLink, parseInvite } from '../../../../shared/contract/invite.ts'
import { createTranslator } from '../../../../shared/i18n/index.ts'
import { silentLog } from '../../broker/log.ts'
import { connect } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

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

test('the invitation contains address, fingerprint, passcode and name', async () => {
  const { invite, ready } = await serveWith(['--tls', '--passcode', '해질녘-수박-42', '--name', '공방'])
  expect(ready.fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(parseInvite(inviteLink(invite))).toEqual({
    url: ready.ws,
    fingerprint: ready.fingerprint,
    passcode: '해질녘-수박-42',
    name: '공방',
  })
})

test('missing parts are left out of the invitation', async () => {
  const { invite, ready } = await serveWith(['--name', '공방'])
  expect(parseInvite(inviteLink(invite))).toEqual({
    url: ready.ws,
    fingerprint: null,
    passcode: null,
    name: '공방',
  })
  expect(JSON.stringify(ready)).not.toContain('stompbox:')
})

const addressWith = async (args: string[]): Promise<string> =>
  z.string().parse((await serveWith(args)).ready.ws)

test('the given limits apply', async () => {
  const ws = await addressWith(['--max-connections-per-address', '1', '--max-frame', '2000'])
  const ada = await connect(ws, { login: 'Ada' })
  await expect(connect(ws, { login: 'Ben' })).rejects.toThrow()
  const refused = new Promise(resolve => {
    ada.client.onStompError = frame => resolve(frame.headers.code)
  })
  ada.client.publish({ destination: '/topic/a', body: 'x'.repeat(2001) })
  expect(await refused).toBe('frame-too-large')
})

test('a limit of 0 means no limit', async () => {
  const ada = await connect(await addressWith(['--max-subscriptions', '0']), { login: 'Ada' })
  for (let index = 0; index < 300; index += 1) await ada.subscribe(`/topic/t${index}`)
  expect(ada.client.connected).toBe(true)
})

test.each([
  ['chat.example.org', 200],
  ['other.example.org', 421],
])('a request for %s is answered %i if the first name is allowed', async (host, status) => {
  const ws = await addressWith(['--allow-host', 'chat,chat.example.org'])
  const asked = request(ws.replace(/^ws/, 'http'), { headers: { host } }).end()
  const [response] = (await once(asked, 'response')) as [IncomingMessage]
  response.resume()
  expect(response.statusCode).toBe(status)
})

test('a metrics port in use leaves no host running', async () => {
  const taken = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void taken.close())
  await once(taken, 'listening')
  const { port } = z.object({ port: z.number() }).parse(taken.address())
  const data = temporaryFolder()
  await expect(serveWith(['--data', data, '--metrics', `${port}`])).rejects.toThrow('port-in-use')
  await serveWith(['--data', data])
})

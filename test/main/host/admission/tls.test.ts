import { connect as connectTls } from 'node:tls'
import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { connect as connectTcp } from 'node:net'
import { request } from 'node:https'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { lanAddresses, stompUrl } from '../../../../main/host/network/addresses.ts'
import { ownCertificate } from '../../../../main/host/admission/certificate.ts'
import type { HostOptions } from '../../../../main/host/ports/options.ts'
import { serverAt, somebody } from '../../../shared/core/people.ts'
import { until } from '../../../shared/core/until.ts'
import { startHost } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const startTlsHost = async (options: Partial<HostOptions> = {}) => {
  const dataDir = temporaryFolder()
  const passcode = 'hunter2-hunter2'
  const host = await startHost({ dataDir, tls: 'own', tcpPort: 0, passcode, ...options })
  return { host, tls: await ownCertificate(dataDir) }
}

test('a messenger with the fingerprint connects; any other certificate is refused permanently', async () => {
  const { host, tls } = await startTlsHost()
  expect(host.ws).toMatch(/^wss:\/\/127\.0\.0\.1:\d+\/stomp$/)
  expect(host.fingerprint).toBe(tls.fingerprint)
  const ada = await somebody('Ada')
  const server = serverAt(host.ws, 'hunter2-hunter2')
  await ada.messenger.commands.addServer({ ...server, fingerprint: 'ab'.repeat(32) })
  await until(() =>
    expect(ada.connection()).toMatchObject({ phase: 'refused', error: { code: 'certificate-changed' } }),
  )
  const change = { fingerprint: tls.fingerprint }
  // Another certificate never gets the passcode that was kept for the one before.
  await ada.messenger.commands.updateServer({
    id: ada.serverId(),
    change: { ...change, passcode: 'hunter2-hunter2' },
    accepts: tls.fingerprint,
  })
  await until(() => expect(ada.connection().phase).toBe('online'))
  await ada.restart()
  expect(ada.messenger.state().servers).toMatchObject([change])
  await until(() => expect(ada.connection().phase).toBe('online'))
})

test('without a fingerprint its certificate is not trusted', async () => {
  const { host } = await startTlsHost()
  const ada = await somebody('Ada')
  await ada.messenger.commands.addServer(serverAt(host.ws, 'hunter2-hunter2'))
  await until(() =>
    expect(ada.connection()).toMatchObject({ phase: 'refused', error: { code: 'certificate-refused' } }),
  )
})

test('STOMP over TCP uses TLS as well', async () => {
  const { host, tls } = await startTlsHost()
  expect(host.tcp).toMatch(/^stomp\+ssl:\/\/127\.0\.0\.1:\d+$/)
  const socket = connectTls({ port: Number(host.tcp?.split(':').at(-1)), ca: tls.cert })
  onTestFinished(() => void socket.destroy())
  socket.write('CONNECT\naccept-version:1.2\nhost:box\nlogin:Ada\npasscode:hunter2-hunter2\n\n\0')
  const [answer] = (await once(socket, 'data')) as [Buffer]
  expect(answer.toString()).toMatch(/^CONNECTED\n/)
})

test('the page and the health check use TLS, too', async () => {
  const { host, tls } = await startTlsHost()
  const get = async (path: string) => {
    const asked = request({ port: host.port, path, ca: tls.cert, headers: { host: 'localhost' } }).end()
    const [response] = (await once(asked, 'response')) as [IncomingMessage]
    return { status: response.statusCode, body: await text(response) }
  }
  expect(await get('/health')).toEqual({ status: 200, body: '{"status":"ok"}\n' })
  expect((await get('/')).body).toContain('STOMP broker')
})

test('this computer itself may connect without TLS', async () => {
  const { host } = await startTlsHost()
  const ada = await somebody('Ada')
  const plain = host.ws.replace(/^wss/, 'ws')
  await ada.messenger.commands.addServer(serverAt(plain, 'hunter2-hunter2'))
  await until(() => expect(ada.connection().phase).toBe('online'))
})

const lan = lanAddresses().find(address => !address.includes(':'))
test.runIf(lan !== undefined)('a plain client from the network is told what to do', async () => {
  const { host } = await startTlsHost({ bind: '0.0.0.0' })
  const ada = await somebody('Ada')
  const plain = stompUrl(lan ?? '', host.port)
  await ada.messenger.commands.addServer(serverAt(plain, 'hunter2-hunter2'))
  await until(() =>
    expect(ada.connection()).toMatchObject({ phase: 'refused', error: { code: 'tls-required' } }),
  )
})

test('a silent client is closed, and the others are not affected', async () => {
  const { host, tls } = await startTlsHost({ limits: { connectTimeout: 3_000 } })
  const ports = [host.port, Number(host.tcp?.split(':').at(-1))]
  const silent = ports.map(port => connectTcp({ port }))
  await Promise.all(silent.map(socket => once(socket.resume(), 'close')))
  const ada = await somebody('Ada')
  const server = { ...serverAt(host.ws, 'hunter2-hunter2'), fingerprint: tls.fingerprint }
  await ada.messenger.commands.addServer(server)
  await until(() => expect(ada.connection().phase).toBe('online'))
})

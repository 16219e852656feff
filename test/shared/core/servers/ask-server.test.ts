/** How servers answer a CONNECT without credentials. */
import { expect, onTestFinished, test } from 'vitest'
import { askServer } from '../../../../shared/core/servers/ask-server.ts'
import { startHost, somebody } from '../people.ts'
import { realPorts } from '../real-ports.ts'
import { startScriptedServer, type Script } from '../scripted-server.ts'

const ask = async (script: Script) => {
  const server = await startScriptedServer(script)
  onTestFinished(() => server.stop())
  const { sockets, clock } = realPorts()
  return { server, sighting: await askServer({ sockets, clock }, server.url, null) }
}

test('CONNECT holds no name and no passcode, and the name of the server is read', async () => {
  const { server, sighting } = await ask(peer =>
    peer.frame('CONNECTED', { version: '1.2', server: 'RabbitMQ/3.10.8' }),
  )
  expect(sighting).toEqual({ url: server.url, server: 'RabbitMQ/3.10.8', refusal: '', connected: true })
  expect(Object.keys(server.peer().frames[0]?.headers ?? {})).toEqual([
    'accept-version',
    'heart-beat',
    'host',
  ])
})

test('the words of a refusal are read, and bounded', async () => {
  const { sighting } = await ask(peer => peer.frame('ERROR', { message: 'Bad CONNECT' }, 'x'.repeat(5000)))
  expect(sighting).toMatchObject({ server: null, connected: false })
  expect(sighting.refusal).toMatch(/^Bad CONNECT\nx{1000}/)
  expect(sighting.refusal.length).toBeLessThanOrEqual(2000)
})

test('a server that hangs up, or answers with nonsense, says nothing', async () => {
  for (const script of [
    (peer => peer.close()) as Script,
    (peer => peer.raw('\0\x01no frame\n\n')) as Script,
  ]) {
    const { sighting } = await ask(script)
    expect(sighting).toMatchObject({ server: null, refusal: '', connected: false })
  }
})

test('a Stompbox host is recognised by its name, or with a passcode by its port', async () => {
  const host = await startHost()
  const ada = await somebody('Ada')
  const url = `ws://127.0.0.1:${host.port}/stomp`
  expect(await ada.messenger.commands.recogniseServer({ url, fingerprint: null })).toMatchObject({
    url,
    preset: 'stompbox',
    by: 'name',
    server: expect.stringMatching(/^stompbox\//) as string,
  })
  expect(ada.messenger.state().servers).toEqual([])
})

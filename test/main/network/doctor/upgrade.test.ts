import type { IncomingMessage, RequestListener } from 'node:http'
import { expect, test } from 'vitest'
import type { Step } from '../../../../shared/contract/doctor.ts'
import { facts, last, listenRaw, listenWeb, walk } from './fixture.ts'

const page = '<!doctype html><title>Hotel Sonne</title><p>Welcome'

/** @returns the last step at a server that answers so, whatever the path. */
const everywhere = async (
  status: number,
  headers: Record<string, string> = {},
  body = '',
): Promise<{ step: Step; port: number }> => {
  const port = await listenWeb({
    answer: (_request, response) => response.writeHead(status, headers).end(body),
  })
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp?token=geheim`))
  expect(step).toMatchObject({ name: 'upgrade', outcome: 'failed' })
  expect(JSON.stringify(step)).not.toContain('geheim')
  return { step, port }
}

/** @returns the last step at a server that answers so at its path, and 404 elsewhere. */
const here = async (answer: RequestListener): Promise<Step> => {
  const port = await listenWeb({
    answer: (request, response) => {
      if (request.url?.startsWith('/stomp?')) answer(request, response)
      else response.writeHead(404).end()
    },
  })
  return last(await walk(`ws://127.0.0.1:${port}/stomp?token=geheim`))
}

test('a WebSocket without a subprotocol works', async () => {
  const port = await listenWeb({ path: '/stomp', chooses: false })
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp`))
  expect(step).toMatchObject({ outcome: 'warned', problem: { code: 'subprotocol-missing' }, cure: null })
})

test('the headers and parameters of the profile are sent to its address, and not shown', async () => {
  const asked: [string, unknown][] = []
  const port = await listenWeb({
    answer: (request, response) => {
      asked.push([request.url ?? '', request.headers['x-token']])
      response.writeHead(404).end('no entry for geheim1 and geheim2')
    },
  })
  const handshake = { headers: { 'X-Token': 'geheim1' }, query: [['key', 'geheim2']] as const }
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp?a=1`, { handshake }))
  const [first, ...others] = asked
  expect(first).toEqual(['/stomp?a=1&key=geheim2', 'geheim1'])
  expect(JSON.stringify(others)).not.toContain('geheim')
  expect(JSON.stringify(step)).not.toContain('geheim')
})

test('101 from something that knows no WebSocket', async () => {
  const port = await listenRaw(
    'HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: x\r\n\r\n',
  )
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp`))
  expect(step).toMatchObject({ outcome: 'failed', problem: { code: 'server-not-stomp' } })
})

test('an ordinary web page', async () => {
  const step = await here((_request, response) =>
    response.writeHead(200, { 'Content-Type': 'text/html', Server: 'nginx' }).end(page),
  )
  expect(step).toMatchObject({ problem: { code: 'web-page', params: { path: '/stomp' } } })
  expect(step.cure).toEqual({ kind: 'editServer', field: 'url' })
  expect(facts(step, 'status')).toEqual(['200 OK'])
  expect(facts(step, 'header')).toContain('server: nginx')
  expect(facts(step, 'body')).toEqual(['Hotel Sonne'])
})

test('a page on every path may be that of the network', async () => {
  const { step, port } = await everywhere(200, { 'Content-Type': 'text/html' }, page)
  expect(step).toMatchObject({
    problem: { code: 'captive-portal' },
    cure: { kind: 'openPage', url: `http://127.0.0.1:${port}/` },
  })
})

test('every path leads to another host', async () => {
  const { step } = await everywhere(302, { Location: 'http://portal.example/welcome?mac=geheim' })
  expect(step).toMatchObject({
    problem: { code: 'captive-portal', params: { to: 'http://portal.example/welcome' } },
    cure: { kind: 'openPage', url: 'http://portal.example/welcome' },
  })
  expect(facts(step, 'header')).toContain('location: http://portal.example/welcome?mac=•••')
})

test('the network asks for a sign-in', async () => {
  const { step } = await everywhere(511, { 'Content-Type': 'text/html' }, page)
  expect(step.problem?.code).toBe('captive-portal')
})

test.each([301, 302, 307, 308])('%i to another address, which is named and not followed', async status => {
  const asked: IncomingMessage[] = []
  const port = await listenWeb({ answer: request => asked.push(request) })
  const target = `http://127.0.0.1:${port}/chat?token=geheim`
  const step = await here((_request, response) => response.writeHead(status, { Location: target }).end())
  expect(step).toMatchObject({
    problem: { code: 'redirected', params: { to: `http://127.0.0.1:${port}/chat` } },
    cure: { kind: 'useAddress', url: `ws://127.0.0.1:${port}/chat` },
  })
  expect(asked).toEqual([])
  expect(JSON.stringify(step)).not.toContain('geheim')
})

test('a redirect that leads nowhere', async () => {
  const step = await here((_request, response) => response.writeHead(302, { Location: 'data:,x' }).end())
  expect(step.problem?.code).toBe('server-not-stomp')
})

test('a redirect to a page for signing in', async () => {
  const step = await here((_request, response) =>
    response.writeHead(302, { Location: '/login?next=geheim' }).end(),
  )
  expect(step.problem?.code).toBe('sign-in-needed')
  expect(step.cure).toMatchObject({ kind: 'openPage', url: expect.stringMatching(/\/login$/) as string })
})

test.each([
  ['Bearer realm="chat"', 'token-needed'],
  ['Basic realm="chat"', 'sign-in-needed'],
])('401 with %s', async (challenge, code) => {
  const { step } = await everywhere(401, { 'WWW-Authenticate': challenge })
  expect(step.problem?.code).toBe(code)
  expect(step.cure).toEqual({ kind: 'editServer', field: code === 'token-needed' ? 'token' : 'passcode' })
  expect(facts(step, 'header')).toContain(`www-authenticate: ${challenge}`)
})

test.each([
  [400, '{"error":"Can \\"Upgrade\\" only to \\"WebSocket\\"."}', 'server-not-stomp'],
  [400, 'Can "Upgrade" only to "WebSocket".', 'upgrade-removed'],
  [403, '', 'access-refused'],
  [404, '', 'path-unknown'],
  [407, '', 'proxy-sign-in'],
  [421, '', 'host-name-refused'],
  [426, '', 'upgrade-removed'],
  [429, '', 'server-error'],
  [500, '', 'server-error'],
  [502, '', 'gateway-down'],
  [503, '', 'gateway-down'],
])('HTTP %i %s', async (status, body, code) => {
  const { step } = await everywhere(status, { 'Content-Type': 'text/plain' }, body)
  expect(step.problem?.code).toBe(code)
  expect(facts(step, 'status')[0]).toContain(String(status))
})

test('426 that asks for TLS', async () => {
  const { step, port } = await everywhere(426, { Upgrade: 'TLS/1.2, HTTP/1.1', Connection: 'Upgrade' })
  expect(step).toMatchObject({
    problem: { code: 'tls-required' },
    cure: { kind: 'useAddress', url: `wss://127.0.0.1:${port}/stomp` },
  })
})

test('a SockJS endpoint, whose WebSocket is beside it', async () => {
  const port = await listenWeb({
    path: '/stomp/websocket',
    answer: (_request, response) => response.end('Welcome to SockJS!\n'),
  })
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp`))
  expect(step).toMatchObject({
    outcome: 'warned',
    problem: { code: 'sockjs-found' },
    cure: { kind: 'useAddress', url: `ws://127.0.0.1:${port}/stomp/websocket` },
  })
})

test('the WebSocket is at another of the usual paths', async () => {
  const port = await listenWeb({ path: '/ws' })
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp?token=geheim`))
  expect(step).toMatchObject({
    outcome: 'failed',
    problem: { code: 'path-other' },
    cure: { kind: 'useAddress', url: `ws://127.0.0.1:${port}/ws` },
  })
})

test('a socket that says nothing', async () => {
  const step = last(await walk(`ws://127.0.0.1:${await listenRaw()}/stomp`, { deadline: 100 }))
  expect(step.problem?.code).toBe('server-silent')
})

test.each(['SSH-2.0-OpenSSH_9.9\r\n', ''])('something that speaks no HTTP: "%s"', async bytes => {
  const step = last(await walk(`ws://127.0.0.1:${await listenRaw(bytes)}/stomp`))
  expect(step.problem?.code).toBe('server-not-stomp')
})

test('what a server repeats of a token is hidden', async () => {
  const { step } = await everywhere(
    403,
    { 'Content-Type': 'text/plain', 'WWW-Authenticate': 'Bearer error="geheim"' },
    'no geheim, and no eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJhIn0.abc',
  )
  expect(facts(step, 'body')).toEqual(['no •••, and no •••'])
})

test('a long answer is cut', async () => {
  const { step } = await everywhere(403, { 'Content-Type': 'text/plain' }, 'x'.repeat(1_000_000))
  expect(facts(step, 'body')[0]).toHaveLength(200)
})

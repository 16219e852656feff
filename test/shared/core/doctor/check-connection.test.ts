import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createNetworkDoctor } from '../../../../main/network/doctor/examine.ts'
import type { Step } from '../../../../shared/contract/doctor.ts'
import { profileOf } from '../../../../shared/contract/profile.ts'
import type { Clock, Log, Ports } from '../../../../shared/core/ports.ts'
import { serverAt, somebody, startHost, type Somebody } from '../people.ts'
import { silentLog } from '../real-ports.ts'
import { politeScript, startScriptedServer, type Script } from '../scripted-server.ts'
import { until } from '../until.ts'

const networkDoctor = createNetworkDoctor({ deadline: 5000 })

const outcomes = (steps: readonly Step[]) => steps.map(({ name, outcome }) => `${name} ${outcome}`)

const last = (steps: readonly Step[]): Step => {
  const step = steps.at(-1)
  if (!step) throw new Error('no step')
  return step
}

const facts = (step: Step, term: string): string[] =>
  step.facts.filter(each => each.term === term).map(({ value }) => value)

const check = (a: Somebody, test: { room: string; text: string } | null = null): Promise<Step[]> =>
  a.messenger.commands.checkConnection({
    check: 'c1',
    target: { serverId: a.serverId(), test: test as never },
  })

/** @returns somebody with a server that plays this script. */
const at = async (
  script: Script,
  template = '/topic/{roomId}',
  ports: Partial<Ports> = {},
): Promise<Somebody> => {
  const server = await startScriptedServer(script)
  onTestFinished(() => server.stop())
  const a = await somebody('지우', { networkDoctor, ...ports })
  await a.messenger.commands.addServer({
    ...serverAt(server.url),
    profile: profileOf({ rooms: { subscribe: [template], send: template } }),
  })
  return a
}

/** @returns a person in a room of a server that follows this script. */
const inRoom = async (...args: Parameters<typeof at>): Promise<Somebody> => {
  const a = await at(...args)
  await until(() => expect(a.connection().phase).toBe('online'))
  await a.messenger.commands.createRoom({ serverId: a.serverId(), name: 'general', kind: 'public' })
  return a
}

test('a Stompbox host that works, up to the test message, which nobody asked for', async () => {
  const host = await startHost()
  const a = await somebody('지우', { networkDoctor })
  await a.messenger.commands.addServer(serverAt(host.ws))
  await a.room('general')
  const steps = await check(a)
  expect(outcomes(steps)).toEqual([
    'dns passed',
    'tcp passed',
    'upgrade passed',
    'connect passed',
    'subscribe passed',
    'echo skipped',
  ])
  expect(last(steps)).toMatchObject({ problem: { code: 'test-not-sent' }, cure: { kind: 'sendTest' } })
  const told = a.events.flatMap(event => (event.name === 'stepChecked' ? [event.payload] : []))
  expect(told).toEqual(steps.map(step => ({ check: 'c1', step })))
  expect(a.connection().phase).toBe('online')
})

test('a test message comes back, and is an ordinary message', async () => {
  const host = await startHost()
  const a = await somebody('지우', { networkDoctor })
  await a.messenger.commands.addServer(serverAt(host.ws))
  const room = await a.room('general')
  const steps = await check(a, { room: room.key, text: 'test' })
  expect(last(steps)).toMatchObject({ name: 'echo', outcome: 'passed' })
  await until(async () => expect(await a.texts(room.key)).toEqual(['test']))
})

test('a wrong passcode', async () => {
  const host = await startHost({ passcode: 'the right one' })
  const a = await somebody('지우', { networkDoctor })
  await a.messenger.commands.addServer(serverAt(host.ws, 'the wrong one'))
  const step = last(await check(a))
  expect(step).toMatchObject({
    name: 'connect',
    problem: { code: 'passcode-wrong' },
    cure: { kind: 'editServer', field: 'passcode' },
  })
})

test('an address that nobody has added gets no credentials', async () => {
  const host = await startHost({ passcode: 'the right one' })
  const a = await somebody('지우', { networkDoctor })
  const target = { url: host.ws, fingerprint: null }
  const steps = await a.messenger.commands.checkConnection({ check: 'c1', target })
  expect(outcomes(steps)).toEqual(['dns passed', 'tcp passed', 'upgrade passed'])
})

test('an invalid address has no steps', async () => {
  const a = await somebody('지우', { networkDoctor })
  const target = { url: 'ftp://minsu:geheim@x', fingerprint: null }
  const checking = a.messenger.commands.checkConnection({ check: 'c1', target })
  await expect(checking).rejects.toMatchObject({
    error: { code: 'url-invalid', params: { url: 'ftp://•••@x' } },
  })
})

test('the first failed step is the last', async () => {
  const web = createServer((_request, response) => response.writeHead(403).end()).listen(0, '127.0.0.1')
  onTestFinished(() => void web.close())
  await once(web, 'listening')
  const a = await somebody('지우', { networkDoctor })
  await a.messenger.commands.addServer(
    serverAt(`ws://127.0.0.1:${(web.address() as AddressInfo).port}/stomp`),
  )
  expect(outcomes(await check(a))).toEqual(['dns passed', 'tcp passed', 'upgrade failed'])
})

test('in a page a check begins with CONNECT', async () => {
  const server = await startScriptedServer(politeScript())
  onTestFinished(() => server.stop())
  const a = await somebody('지우')
  await a.messenger.commands.addServer(serverAt(server.url))
  const steps = await check(a)
  expect(outcomes(steps)).toEqual(['connect passed', 'subscribe skipped'])
  expect(last(steps).problem).toEqual({ code: 'room-missing' })
})

test('the server’s own words about a refused sign-in, without what was sent', async () => {
  const lines: unknown[] = []
  const log: Log = { ...silentLog, info: (...line) => lines.push(line), warn: (...line) => lines.push(line) }
  const server = await startScriptedServer((peer, { command }) => {
    if (command !== 'CONNECT') return
    peer.frame('ERROR', { message: 'Bad token geheim' }, 'Access refused: "open sesame" and geheim')
    peer.close()
  })
  onTestFinished(() => server.stop())
  const a = await somebody('지우', { networkDoctor, log })
  await a.messenger.commands.addServer(serverAt(`${server.url}?token=geheim`, 'open sesame'))
  const steps = await check(a)
  const step = last(steps)
  expect(step).toMatchObject({ name: 'connect', outcome: 'failed', problem: { code: 'access-refused' } })
  expect(facts(step, 'message')).toEqual(['Bad token •••'])
  expect(facts(step, 'body')).toEqual(['Access refused: "•••" and •••'])
  expect(facts(step, 'login')).toEqual(['지우'])
  await until(() => expect(a.connection().phase).toBe('refused'))
  for (const said of [steps, a.connection(), lines])
    expect(JSON.stringify(said)).not.toMatch(/geheim|open sesame/)
  expect(JSON.stringify(lines)).toContain('access-refused')
})

test.each([
  ['Virtual host /x not found', 'virtual-host-unknown'],
  ['Supported protocol versions are 1.0', 'version-unsupported'],
  ["Access refused for user 'x'", 'login-refused'],
])('ERROR in place of CONNECTED: %s', async (message, code) => {
  const a = await at((peer, { command }) => {
    if (command === 'CONNECT') peer.frame('ERROR', { message })
  })
  expect(last(await check(a))).toMatchObject({ name: 'connect', problem: { code } })
})

test('RabbitMQ’s usual virtual host is tried as the app tries it', async () => {
  const a = await at((peer, frame) => {
    if (frame.command === 'CONNECT' && frame.headers.host !== '/') {
      peer.frame('ERROR', { message: 'Bad CONNECT' }, `Virtual host '${frame.headers.host}' access denied`)
      peer.close()
    } else politeScript()(peer, frame)
  })
  const connect = (await check(a)).find(({ name }) => name === 'connect')
  expect(connect).toMatchObject({ outcome: 'passed' })
  expect(connect && facts(connect, 'virtualHost')).toEqual(['/'])
})

test('a server that hangs up in place of CONNECTED', async () => {
  const a = await at(peer => peer.close(1008, 'policy'))
  const step = last(await check(a))
  expect(step).toMatchObject({ name: 'connect', problem: { code: 'server-silent' } })
  expect(facts(step, 'close')).toEqual(['WebSocket closed with 1008: policy'])
})

test('a SUBSCRIBE that is refused', async () => {
  const a = await inRoom((peer, frame) => {
    if (frame.command === 'SUBSCRIBE')
      peer.frame('ERROR', { message: 'not yours', 'receipt-id': frame.headers.receipt ?? '' })
    else politeScript()(peer, frame)
  })
  const step = last(await check(a))
  expect(step).toMatchObject({
    name: 'subscribe',
    problem: { code: 'subscription-refused', params: { message: 'not yours' } },
  })
  expect(facts(step, 'destination')).toEqual(['/topic/general'])
  expect(facts(step, 'message')).toEqual(['not yours'])
})

test('a server that hangs up at a SUBSCRIBE without a word, as RabbitMQ does', async () => {
  const a = await inRoom((peer, frame) => {
    if (frame.command === 'SUBSCRIBE') peer.close(1002, 'STOMP died')
    else politeScript()(peer, frame)
  })
  const step = last(await check(a))
  expect(step).toMatchObject({ name: 'subscribe', problem: { code: 'server-hangs-up' } })
  expect(facts(step, 'close')).toEqual(['WebSocket closed with 1002: STOMP died'])
})

test('a queue is not subscribed to a second time', async () => {
  const a = await inRoom(politeScript(), '/queue/{roomId}')
  const step = last(await check(a))
  expect(step).toMatchObject({ name: 'subscribe', problem: { code: 'subscription-not-tried' } })
})

/** Deadlines that pass sooner. */
const impatient: Clock = {
  now: Date.now,
  after(delay, run) {
    const timer = setTimeout(run, delay / 20)
    return () => clearTimeout(timer)
  },
}

test('a message that does not come back', async () => {
  const a = await inRoom(politeScript(), undefined, { clock: impatient })
  const { key } = await a.room('general')
  const step = last(await check(a, { room: key, text: 'test' }))
  expect(step).toMatchObject({ name: 'echo', outcome: 'failed', problem: { code: 'echo-missing' } })
})

test('a message that is refused', async () => {
  const a = await inRoom((peer, frame) => {
    if (frame.command === 'SEND')
      peer.frame('ERROR', { message: 'read only', 'receipt-id': frame.headers.receipt ?? '' })
    else politeScript()(peer, frame)
  })
  const { key } = await a.room('general')
  const step = last(await check(a, { room: key, text: 'test' }))
  expect(step).toMatchObject({
    name: 'echo',
    problem: { code: 'test-refused', params: { message: 'read only' } },
  })
})

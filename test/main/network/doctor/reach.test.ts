import { createServer } from 'node:net'
import { Worker } from 'node:worker_threads'
import { connect } from 'node:net'
import { once } from 'node:events'
import { expect, onTestFinished, test } from 'vitest'
import { facts, last, listen, listenRaw, listenWeb, walk } from './fixture.ts'

test('a name that nobody has', async () => {
  const [step, ...rest] = await walk('ws://nobody.invalid:7070/stomp')
  expect(step).toMatchObject({
    name: 'dns',
    outcome: 'failed',
    problem: { code: 'name-unknown', params: { name: 'nobody.invalid' } },
    cure: null,
  })
  expect(rest).toEqual([])
})

test('an address is no name', async () => {
  const port = await listenWeb({ path: '/stomp' })
  const steps = await walk(`ws://127.0.0.1:${port}/stomp`)
  expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['dns', 'passed'],
    ['tcp', 'passed'],
    ['upgrade', 'passed'],
  ])
  expect(steps[0]?.facts).toEqual([{ term: 'address', value: '127.0.0.1' }])
})

/** @returns a port of this computer at which nothing listens. */
const closedPort = async (): Promise<number> => {
  const server = createServer()
  const port = await listen(server)
  server.close()
  await once(server, 'close')
  return port
}

test('a port where nothing listens', async () => {
  const port = await closedPort()
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp`))
  expect(step).toMatchObject({ name: 'tcp', problem: { code: 'port-closed', params: { port } } })
  expect(facts(step, 'tried')[0]).toContain('ECONNREFUSED')
})

/** A thread that listens and then stops, so that its backlog fills up. */
const stuck = `
const { parentPort } = require('node:worker_threads')
const server = require('node:net').createServer()
server.listen({ port: 0, host: '127.0.0.1', backlog: 1 }, () => {
  parentPort.postMessage(server.address().port)
  setImmediate(() => Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0))
})`

test('a port that swallows every packet', async () => {
  const worker = new Worker(stuck, { eval: true })
  onTestFinished(() => void worker.terminate())
  const [port] = (await once(worker, 'message')) as [number]
  // These fill its backlog.
  for (let at = 0; at < 4; at++) {
    const socket = connect({ port, host: '127.0.0.1' })
    socket.on('error', () => undefined)
    onTestFinished(() => void socket.destroy())
  }
  const deaf = async () => last(await walk(`ws://127.0.0.1:${port}/stomp`, { deadline: 300 }))
  await expect.poll(async () => facts(await deaf(), 'tried')[0]).toContain('ETIMEDOUT')
  expect(await deaf()).toMatchObject({ name: 'tcp', problem: { code: 'server-unreachable' } })
})

test('the system’s proxy explains why nothing gets through', async () => {
  const proxyOf = (url: string) =>
    Promise.resolve(url.startsWith('http://nobody') ? 'proxy.example:3128' : null)
  const step = last(await walk('ws://nobody.invalid/stomp', { proxyOf }))
  expect(step.problem).toEqual({
    code: 'proxy-needed',
    params: { host: 'nobody.invalid', proxy: 'proxy.example:3128' },
  })
  expect(facts(step, 'proxy')).toEqual(['proxy.example:3128'])
})

test('a proxy does not explain a closed port', async () => {
  const proxyOf = () => Promise.resolve('proxy.example:3128')
  const step = last(await walk(`ws://127.0.0.1:${await closedPort()}/stomp`, { proxyOf }))
  expect(step.problem?.code).toBe('port-closed')
})

test('of several ports the first open one counts', async () => {
  const [closed, open] = [await closedPort(), await listenWeb({ path: '/ws' })]
  const steps = await walk([`ws://127.0.0.1:${closed}/stomp`, `ws://127.0.0.1:${open}/ws`])
  expect(last(steps)).toMatchObject({ name: 'upgrade', outcome: 'passed' })
  expect(facts(last(steps), 'address')).toEqual([`ws://127.0.0.1:${open}/ws`])
})

test('several closed ports', async () => {
  const ports = [await closedPort(), await closedPort()]
  const step = last(await walk(ports.map(port => `ws://127.0.0.1:${port}/stomp`)))
  expect(step.problem).toEqual({
    code: 'no-server-found',
    params: { name: '127.0.0.1', ports: ports.join(', ') },
  })
})

test('an address that no socket can open has no steps', async () => {
  expect(await walk('mailto:someone@example.org')).toEqual([])
})

test('a server over TCP is not asked for a WebSocket', async () => {
  const steps = await walk(`stomp://127.0.0.1:${await listenRaw()}`)
  expect(steps.map(({ name }) => name)).toEqual(['dns', 'tcp'])
})

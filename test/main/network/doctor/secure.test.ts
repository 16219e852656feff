import { X509Certificate } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { createServer as createHttps } from 'node:https'
import { getCACertificates, setDefaultCACertificates } from 'node:tls'
import { beforeAll, expect, test, vi } from 'vitest'
import { issue, makeAuthority, type Authority, type Pem } from './certificates.ts'
import { facts, last, listen, listenRaw, listenWeb, walk } from './fixture.ts'

let known: Authority
let unknown: Authority
beforeAll(async () => {
  ;[known, unknown] = [await makeAuthority('Known'), await makeAuthority('Unknown')]
  setDefaultCACertificates([...getCACertificates('default'), known.cert])
})

const fingerprintOf = ({ cert }: Pem): string =>
  new X509Certificate(cert).fingerprint256.replaceAll(':', '').toLowerCase()

/** @returns the last step at a server with this certificate, which must not be asked for anything. */
const untrusted = async (pem: Pem, fingerprint: string | null = null) => {
  const asked = vi.fn<() => void>()
  const server = createHttps(pem, asked)
  server.on('upgrade', asked)
  const port = await listen(server)
  const step = last(await walk(`wss://127.0.0.1:${port}/stomp?token=geheim`, { fingerprint }))
  expect(asked).not.toHaveBeenCalled()
  expect(step).toMatchObject({ name: 'tls', outcome: 'failed' })
  expect(step.problem?.params).toEqual({ host: `127.0.0.1:${port}` })
  return step
}

const read = (name: string): string =>
  readFileSync(new URL(`../../certificates/${name}`, import.meta.url), 'utf8')

test('a trusted certificate', async () => {
  const pem = await issue(known, { ip: '127.0.0.1' })
  const port = await listenWeb({ server: createHttps(pem), path: '/stomp' })
  const steps = await walk(`wss://127.0.0.1:${port}/stomp`)
  expect(steps.map(({ name, outcome }) => [name, outcome])).toEqual([
    ['dns', 'passed'],
    ['tcp', 'passed'],
    ['tls', 'passed'],
    ['upgrade', 'passed'],
  ])
  const tls = steps.find(({ name }) => name === 'tls')
  expect(tls && facts(tls, 'fingerprint')).toEqual([fingerprintOf(pem)])
  expect(tls && facts(tls, 'issuer')).toEqual(['Known'])
  expect(tls && facts(tls, 'names')).toEqual(['127.0.0.1'])
})

test('a self-signed certificate', async () => {
  const pem = { cert: read('untrusted.crt'), key: read('untrusted.key') }
  const step = await untrusted(pem)
  expect(step.problem?.code).toBe('certificate-self-signed')
  expect(step.cure).toEqual({ kind: 'trustCertificate', fingerprint: fingerprintOf(pem) })
  expect(facts(step, 'wrong')).toContain('selfSigned')
})

test('an authority that nobody knows', async () => {
  const step = await untrusted(await issue(unknown, { ip: '127.0.0.1' }))
  expect(step.problem?.code).toBe('certificate-unknown')
  expect(facts(step, 'wrong')).toEqual(['unknown'])
})

test('an expired certificate', async () => {
  const step = await untrusted(await issue(known, { ip: '127.0.0.1', to: -1 }))
  expect(step.problem?.code).toBe('certificate-expired')
  expect(facts(step, 'wrong')).toEqual(['expired'])
})

test('a certificate that is not valid yet', async () => {
  const step = await untrusted(await issue(known, { ip: '127.0.0.1', from: 1, to: 2 }))
  expect(step.problem?.code).toBe('certificate-early')
})

test('a certificate of another name', async () => {
  const step = await untrusted(await issue(known, { dns: 'chat.example.org' }))
  expect(step.problem?.code).toBe('certificate-other-name')
  expect(facts(step, 'names')).toEqual(['chat.example.org'])
})

test('everything that is wrong with a certificate is told', async () => {
  const step = await untrusted(await makeAuthority('chat.example.org', -1))
  expect(step.problem?.code).toBe('certificate-self-signed')
  expect(facts(step, 'wrong')).toEqual(['selfSigned', 'otherName', 'expired'])
})

test('another certificate than the pinned one, even a trusted one', async () => {
  const pem = await issue(known, { ip: '127.0.0.1' })
  const step = await untrusted(pem, 'ab'.repeat(32))
  expect(step.problem?.code).toBe('certificate-changed')
  expect(facts(step, 'expected')).toEqual(['ab'.repeat(32)])
  expect(facts(step, 'fingerprint')).toEqual([fingerprintOf(pem)])
})

test('the pinned certificate, which nobody vouches for', async () => {
  const pem = await issue(unknown, { dns: 'other', to: -1 })
  const port = await listenWeb({ server: createHttps(pem), path: '/stomp' })
  const steps = await walk(`wss://127.0.0.1:${port}/stomp`, { fingerprint: fingerprintOf(pem) })
  expect(last(steps)).toMatchObject({ name: 'upgrade', outcome: 'passed' })
})

test('wss at a port without TLS', async () => {
  const port = await listenWeb({ path: '/stomp' })
  const step = last(await walk(`wss://127.0.0.1:${port}/stomp?token=geheim`))
  expect(step).toMatchObject({
    name: 'tls',
    problem: { code: 'tls-missing' },
    cure: { kind: 'useAddress', url: `ws://127.0.0.1:${port}/stomp` },
  })
})

test('whoever has pinned a certificate is not offered a connection without TLS', async () => {
  const port = await listenWeb({ path: '/stomp' })
  const step = last(await walk(`wss://127.0.0.1:${port}/stomp`, { fingerprint: 'ab'.repeat(32) }))
  expect(step).toMatchObject({ problem: { code: 'tls-missing' }, cure: null })
})

test('a port that hangs up on TLS', async () => {
  const step = last(await walk(`wss://127.0.0.1:${await listenRaw('')}/stomp`))
  expect(step).toMatchObject({ name: 'tls', problem: { code: 'tls-failed' }, cure: null })
  expect(facts(step, 'error')).not.toEqual([])
})

test('a port that says nothing to TLS', async () => {
  const step = last(await walk(`wss://127.0.0.1:${await listenRaw()}/stomp`, { deadline: 100 }))
  expect(step.problem).toMatchObject({ code: 'tls-failed', params: { message: 'ETIMEDOUT' } })
})

test('ws at a port with TLS', async () => {
  const pem = await issue(known, { ip: '127.0.0.1' })
  const port = await listenWeb({ server: createHttps(pem), path: '/stomp' })
  const step = last(await walk(`ws://127.0.0.1:${port}/stomp`))
  expect(step).toMatchObject({
    name: 'upgrade',
    problem: { code: 'tls-required' },
    cure: { kind: 'useAddress', url: `wss://127.0.0.1:${port}/stomp` },
  })
})

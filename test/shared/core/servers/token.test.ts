/** Tokens: where they come from, when they are renewed, and when the app asks. */
import { createServer } from 'node:http'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test, vi } from 'vitest'
import { tokenSources } from '../../../../main/network/token-sources.ts'
import { profileOf, type ProfileInput } from '../../../../shared/contract/profile.ts'
import type { TokenSources } from '../../../../shared/core/ports.ts'
import { expiryOf } from '../../../../shared/core/servers/token.ts'
import { serverAt, somebody } from '../people.ts'
import { politeScript, startScriptedServer } from '../scripted-server.ts'
import { until } from '../until.ts'

type TokenInput = NonNullable<NonNullable<ProfileInput['connect']>['token']>

const encoded = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwt = (exp: number): string => `${encoded({ alg: 'none' })}.${encoded({ exp })}.`
const profileWith = (source: TokenInput['source']) => profileOf({ connect: { token: { source } } })

/** A server that takes these tokens alone. */
const guarded = async (...accepted: string[]) => {
  const server = await startScriptedServer((peer, frame) => {
    const isGood = accepted.includes(frame.headers.Authorization?.replace('Bearer ', '') ?? '')
    if (frame.command !== 'CONNECT' || isGood) politeScript()(peer, frame)
    else {
      peer.frame('ERROR', { message: 'Bad token' })
      peer.close()
    }
  })
  onTestFinished(() => server.stop())
  const told = () => server.peers.map(({ frames }) => frames[0]?.headers.Authorization)
  return { server, told, accepted }
}

test('the end of a JSON Web Token is read, and nothing else is', () => {
  expect(expiryOf(jwt(1000))).toBe(1_000_000)
  expect([expiryOf('opaque'), expiryOf('a.b.c'), expiryOf(`a.${encoded({ exp: 'x' })}.c`)]).toEqual([
    null,
    null,
    null,
  ])
})

test('a refused token stops the retries and asks; with the new one it goes on', async () => {
  const { server, told } = await guarded('new')
  const a = await somebody('지우')
  const { addServer, updateServer } = a.messenger.commands
  const profile = profileWith({ from: 'field' })
  const { id } = await addServer({ ...serverAt(server.url), profile })
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'token-missing' } }),
  )
  await updateServer({ id, change: { secrets: { token: 'old' } } })
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'token-refused' } }),
  )
  expect(told()).toEqual(['Bearer old'])
  await updateServer({ id, change: { secrets: { token: 'new' } } })
  await until(() => expect(a.connection().phase).toBe('online'))
})

test('a renewable token is kept, renewed once after a refusal, and then asked for', async () => {
  const { server, told, accepted } = await guarded('one')
  let next = 'one'
  const run = vi.fn<TokenSources['run']>(() => Promise.resolve(`${next}\n`))
  const a = await somebody('지우', { tokenSources: { ...tokenSources, run } })
  await a.messenger.commands.addServer({
    ...serverAt(server.url),
    profile: profileWith({ from: 'command', command: ['token', '--now'] }),
  })
  await until(() => expect(a.connection().phase).toBe('online'))
  expect(run).toHaveBeenCalledExactlyOnceWith(['token', '--now'])
  accepted.splice(0, 1, 'two')
  next = 'two'
  server.peer().close()
  await until(() => expect(told()).toEqual(['Bearer one', 'Bearer one', 'Bearer two']))
  await until(() => expect(a.connection().phase).toBe('online'))
  accepted.splice(0)
  server.peer().close()
  await until(() =>
    expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'token-refused' } }),
  )
  expect(told().slice(3)).toEqual(['Bearer two', 'Bearer two'])
  expect(run).toHaveBeenCalledTimes(3)
})

test('an expired token is renewed before the server sees it', async () => {
  const tokens = [jwt(1), jwt(4_000_000_000)]
  const { server, told } = await guarded(...tokens)
  let calls = 0
  const run: TokenSources['run'] = () => Promise.resolve(tokens[calls++] ?? '')
  const a = await somebody('지우', { tokenSources: { ...tokenSources, run } })
  const source = { from: 'command' as const, command: ['token'] }
  await a.messenger.commands.addServer({ ...serverAt(server.url), profile: profileWith(source) })
  await until(() => expect(a.connection().phase).toBe('online'))
  server.peer().close()
  await until(() => expect(told()).toEqual(tokens.map(token => `Bearer ${token}`)))
})

test('a program is run without a shell; what it says on stderr is shown', async () => {
  const program = (code: string) => tokenSources.run([process.execPath, '-e', code, '$HOME; ls'])
  expect(await program('process.stdout.write(process.argv[1])')).toBe('$HOME; ls')
  await expect(program('console.error("not signed in"); process.exit(2)')).rejects.toMatchObject({
    error: { code: 'token-command-failed', params: { message: 'not signed in' } },
  })
  await expect(program('for (;;) process.stdout.write("x".repeat(65536))')).rejects.toThrow(
    'token-command-failed',
  )
  await expect(tokenSources.run(['/nowhere/at/all'])).rejects.toThrow('token-command-failed')
})

test('a login request gives the token at its path; no redirect is followed', async () => {
  const asked: string[] = []
  const http = createServer((request, response) => {
    request.on('data', (data: Buffer) => asked.push(`${request.method} ${request.url} ${data.toString()}`))
    request.on('end', () => {
      if (request.url === '/moved') response.writeHead(307, { location: '/login' }).end()
      else if (request.url === '/no') response.writeHead(401).end()
      else response.end(JSON.stringify({ data: { jwt: 'good' } }))
    })
  })
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  onTestFinished(() => void http.close())
  const url = (path: string) => `http://127.0.0.1:${(http.address() as AddressInfo).port}${path}`
  const { server } = await guarded('good')
  const a = await somebody('지우', { tokenSources })
  const { addServer, updateServer } = a.messenger.commands
  const from = (path: string) => profileWith({ from: 'login', url: url(path), path: 'data.jwt' })
  const { id } = await addServer({ ...serverAt(server.url, 'open "sesame'), profile: from('/login') })
  await until(() => expect(a.connection().phase).toBe('online'))
  const body = '{"username":"지우","password":"open \\"sesame"}'
  expect(asked).toEqual([`POST /login ${body}`])
  for (const path of ['/moved', '/no']) {
    await updateServer({ id, change: { profile: from(path) } })
    await until(() =>
      expect(a.connection()).toMatchObject({ phase: 'refused', error: { code: 'token-login-failed' } }),
    )
  }
  expect(asked.map(each => each.split(' ')[1])).toEqual(['/login', '/moved', '/no'])
})

import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { connect as connectTcp, createServer } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { connect, contents } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'

const cli = fileURLToPath(new URL('../../../../main/host/cli/index.ts', import.meta.url))
const readySchema = z.strictObject({
  ready: z.literal(true),
  ws: z.string(),
  tcp: z.string().optional(),
  fingerprint: z.string().optional(),
  metrics: z.string().optional(),
})

const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  LANG: 'C.UTF-8',
  ...more,
})

const launch = (args: string[], more?: Record<string, string>) => {
  const child = spawn(process.execPath, [cli, ...args], { env: environment(more), stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** @returns a running host, once its one line has come. */
const start = async (args: string[], more?: Record<string, string>) => {
  const child = launch(['--port', '0', ...args], more)
  const lines: string[] = []
  const output = createInterface(child.stdout)
  output.on('line', line => lines.push(line))
  await once(output, 'line')
  return { child, lines, ...readySchema.parse(JSON.parse(lines[0] ?? '')) }
}

/** @returns the exit code; null where a signal has ended it. */
const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', resolve)
  })

/** Runs a command line to its end. */
const run = async (args: string[], more?: Record<string, string>) => {
  const child = launch(args, more)
  const [code, stdout, stderr] = await Promise.all([endOf(child), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

/** Gives a program a terminal of its own (util-linux). */
const script = '/usr/bin/script'

test.runIf(existsSync(script))('a terminal is shown the invitation, as a link and as a code', async () => {
  const command = `stty cols 80; exec '${process.execPath}' '${cli}' --port 0 --tls --data '${temporaryFolder()}'`
  const env = environment({ TERM: 'xterm-256color', SHELL: '/bin/sh' })
  const child = spawn(script, ['-qec', command, '/dev/null'], { env, stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGTERM'))
  const lines: string[] = []
  for await (const line of createInterface(child.stdout)) {
    lines.push(line)
    if (line.startsWith('{"ready"')) break
  }
  const shown = lines.join('\n')
  expect(shown).toMatch(/stompbox:\/\/join\?url=wss\S+&fp=[0-9a-f]{64}&name=/)
  expect(shown).toContain('\u001B[30;107m')
})

test.each(['SIGTERM', 'SIGINT'] as const)(
  'prints one line when it is ready, and ends cleanly on %s',
  async signal => {
    const { child, lines, ws } = await start(['--data', temporaryFolder()])
    expect(lines).toEqual([JSON.stringify({ ready: true, ws })])
    expect(ws).toMatch(/^ws:\/\/127\.0\.0\.1:\d+\/stomp$/)
    const ada = await connect(ws, { login: 'Ada' })
    const goodbye = new Promise(resolve => {
      ada.client.onStompError = resolve
    })
    child.kill(signal)
    child.kill(signal)
    expect(await endOf(child)).toBe(0)
    await goodbye
    expect(lines).toHaveLength(1)
  },
)

test('the log is JSON on standard error, without secrets; silent logs nothing', async () => {
  const { child, ws } = await start(['--data', temporaryFolder(), '--passcode', 'hunter2-hunter2'])
  const log = text(child.stderr)
  await connect(ws, { login: 'Ada', passcode: 'hunter2-hunter2' })
  child.kill()
  const lines = (await log).trim().split('\n')
  expect(lines.map(line => z.looseObject({ event: z.string() }).parse(JSON.parse(line)).event)).toEqual(
    expect.arrayContaining(['host opened', 'host closed']),
  )
  expect(lines.join('\n')).not.toContain('hunter2')
  const silent = await start(['--data', temporaryFolder(), '--log-level', 'silent'])
  silent.child.kill()
  expect(await text(silent.child.stderr)).toBe('')
})

test('text from elsewhere can’t control the terminal', async () => {
  const { code, stderr } = await run(['--passcode-file', '/nowhere/\u009b31m\u001b[2J'])
  expect(code).toBe(2)
  expect(stderr).toContain('/nowhere/\\u009b31m\\u001b[2J')
})

test('on SIGTERM all clients get the reason, and their messages are stored', async () => {
  const data = temporaryFolder()
  const { child, ws } = await start(['--data', data])
  const ada = await connect(ws, { login: 'Ada' })
  const goodbye = new Promise<string | undefined>(resolve => {
    ada.client.onStompError = frame => resolve(frame.headers.message)
  })
  const confirmed: string[] = []
  for (let index = 0; index < 50; index += 1) {
    const id = `m${index}`
    void ada.send('/app/chat/message', { roomId: 'general', id, content: id }).then(() => confirmed.push(id))
  }
  await expect.poll(() => confirmed.length, { interval: 1 }).toBeGreaterThan(0)
  child.kill('SIGTERM')
  expect(await goodbye).toMatch(/closing/)
  expect(await endOf(child)).toBe(0)

  const again = await start(['--data', data])
  const ben = await connect(again.ws, { login: 'Ben' })
  const heard = await ben.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
  await expect.poll(() => contents(heard)).toEqual(expect.arrayContaining(confirmed))
})

test('a client that does not read does not delay the shutdown', async () => {
  const { child, tcp } = await start(['--data', temporaryFolder(), '--tcp-port', '0'])
  const socket = connectTcp({ port: Number(tcp?.split(':').at(-1)), allowHalfOpen: true })
  onTestFinished(() => void socket.destroy())
  socket.write('CONNECT\naccept-version:1.2\nhost:box\nlogin:Ada\n\n\0')
  await once(socket, 'data')
  socket.pause()
  child.kill('SIGTERM')
  expect(await endOf(child)).toBe(0)
})

test('TLS: the fingerprint is in the ready line and shown on the terminal', async () => {
  const { child, ws, fingerprint } = await start(['--data', temporaryFolder(), '--tls'])
  expect(ws).toMatch(/^wss:/)
  const log = text(child.stderr)
  child.kill()
  expect(fingerprint).toMatch(/^[0-9a-f]{64}$/)
  expect(await log).toContain(`SHA-256 fingerprint of the certificate: ${fingerprint}\n`)
})

test('metrics and health have their own port', async () => {
  const { metrics = '' } = await start(['--data', temporaryFolder(), '--metrics', '0'])
  expect(await (await fetch(metrics)).text()).toContain('stompbox_connections 0')
  expect((await fetch(new URL('/healthz', metrics))).status).toBe(200)
})

test('the whole configuration may be in a file and the environment', async () => {
  const file = join(temporaryFolder(), 'host.json')
  writeFileSync(file, JSON.stringify({ data: temporaryFolder(), 'tcp-port': 0, 'log-level': 'silent' }))
  const { tcp, child } = await start([], { STOMPBOX_CONFIG: file, STOMPBOX_NAME: 'box' })
  expect(tcp).toMatch(/^stomp:/)
  child.kill()
  expect(await text(child.stderr)).toBe('')
})

test('a running host is backed up with one command, and restored with one', { timeout: 30_000 }, async () => {
  const [data, file] = [temporaryFolder(), join(temporaryFolder(), 'box.sqlite')]
  const { ws } = await start(['--data', data])
  const ada = await connect(ws, { login: 'Ada' })
  await ada.send('/app/chat/message', { roomId: 'general', id: '1', content: '안녕' })
  expect(await run(['backup', file, '--data', data])).toEqual({
    code: 0,
    stdout: '',
    stderr: `Everything in ${data} is now in ${file}.\n`,
  })
  expect(await run(['restore', file, '--data', data])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('Another program has') as unknown,
  })
  expect(await run(['restore', file, '--data', temporaryFolder()])).toMatchObject({ code: 0 })
})

test('the TCP port is in the ready line, too', async () => {
  const { tcp } = await start(['--data', temporaryFolder(), '--tcp-port', '0'])
  expect(tcp).toMatch(/^stomp:\/\/127\.0\.0\.1:\d+$/)
})

test.skipIf(process.platform === 'win32')(
  'it ends when npm is told to end and takes only its shell along',
  async () => {
    const command = `"${process.execPath}" "${cli}" --port 0 --data "${temporaryFolder()}"; true`
    const shell = spawn('sh', ['-c', command], {
      env: environment({ npm_lifecycle_event: 'host' }),
      stdio: 'pipe',
    })
    const log = text(shell.stderr)
    await once(createInterface(shell.stdout), 'line')
    shell.kill()
    expect(await log).toContain('host closed')
  },
)

test('an invalid option gets a sentence and the exit code 2, in the language of the terminal', async () => {
  expect(await run(['--port', 'eighty'])).toEqual({
    code: 2,
    stdout: '',
    stderr: 'eighty can’t be a port. Choose a number from 1024 to 65535, or 0 for any free one.\n',
  })
  expect(await run(['--bind', '0.0.0.0'], { LANG: 'ko_KR.UTF-8' })).toMatchObject({
    code: 2,
    stderr: expect.stringMatching(
      /^암호가 없으면 이 컴퓨터에서만 들어올 수 있어요\. .*--passcode-file/,
    ) as unknown,
  })
})

test('a port in use gets a sentence and the exit code 1', async () => {
  const server = createServer().listen(0, '127.0.0.1')
  onTestFinished(() => void server.close())
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? (address?.port ?? 0) : 0
  expect(await run(['--port', `${port}`, '--data', temporaryFolder()])).toEqual({
    code: 1,
    stdout: '',
    stderr: `Another program already uses port ${port}. Choose another port, or 0 for any free one.\n`,
  })
})

test('a file that is not a database gets a sentence, and is not changed', async () => {
  const data = temporaryFolder()
  const file = join(data, 'host.sqlite')
  writeFileSync(file, 'not a database '.repeat(100))
  const failed = await run(['--data', data])
  expect(failed).toMatchObject({ code: 1, stdout: '' })
  expect(failed.stderr).toContain(`${file} is not a readable database.`)
  expect(failed.stderr.trim().split('\n')).toHaveLength(1)
  expect(readFileSync(file, 'utf8')).toBe('not a database '.repeat(100))
})

test('a file in place of a folder gets a sentence', async () => {
  const file = join(temporaryFolder(), 'file')
  writeFileSync(file, '')
  expect(await run(['--data', join(file, 'data')])).toMatchObject({
    code: 1,
    stderr: expect.stringContaining(`Stompbox can’t write to ${join(file, 'data')}.`) as unknown,
  })
})

test(
  'killed at any moment, it has every message that it gave a RECEIPT for, once',
  { timeout: 60_000 },
  async () => {
    const data = join(temporaryFolder(), 'data')
    mkdirSync(data)
    const confirmed: string[] = []
    const deviceKey = { 'device-key': 'ada-device-key-0123456789' }
    const say = (ada: Awaited<ReturnType<typeof connect>>, id: string) =>
      ada.send('/app/chat/message', { roomId: 'general', id, content: id }).then(() => confirmed.push(id))

    for (const [round, enough] of [1, 60, 250].entries()) {
      const { child, ws } = await start(['--data', data])
      const ada = await connect(ws, { login: 'Ada', ...deviceKey })
      const before = confirmed.length
      for (let index = 0; index < 400; index += 1) void say(ada, `${round}:${index}`)
      await expect.poll(() => confirmed.length - before, { interval: 1 }).toBeGreaterThanOrEqual(enough)
      child.kill('SIGKILL')
      await endOf(child)
      await ada.client.deactivate()
    }

    const { ws } = await start(['--data', data])
    const ada = await connect(ws, { login: 'Ada', ...deviceKey })
    for (const id of confirmed.slice(0, 50)) await say(ada, id)
    await ada.send('/app/chat/message', { roomId: 'general', id: 'last', content: 'last' })
    const heard = await ada.subscribe('/topic/room.general', { 'x-stream-offset': 'first' })
    await expect.poll(() => contents(heard).at(-1)).toBe('last')
    const kept = contents(heard)
    expect(new Set(kept).size).toBe(kept.length)
    expect(kept).toEqual(expect.arrayContaining(confirmed))
    expect(heard.map(({ headers }) => Number(headers['x-stream-offset']))).toEqual(
      kept.map((_, index) => index),
    )
  },
)

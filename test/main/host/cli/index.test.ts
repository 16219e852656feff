import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, writeFileSync } from 'node:fs'
import { connect as connectTcp } from 'node:net'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import { connect } from '../fixture.ts'
import { temporaryFolder } from '../temporary-folder.ts'
import { cli, endOf, environment, start } from './program.ts'

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

test('the TCP port is in the ready line; a client that does not read does not delay the shutdown', async () => {
  const { child, tcp } = await start(['--data', temporaryFolder(), '--tcp-port', '0'])
  expect(tcp).toMatch(/^stomp:\/\/127\.0\.0\.1:\d+$/)
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

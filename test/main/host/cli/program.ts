/** The host's command line as a process of its own, as a person or a service manager starts it. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'
import { z } from 'zod'

/** The host's command line. */
export const cli = fileURLToPath(new URL('../../../../main/host/cli/index.ts', import.meta.url))
const readySchema = z.strictObject({
  ready: z.literal(true),
  ws: z.string(),
  tcp: z.string().optional(),
  fingerprint: z.string().optional(),
  metrics: z.string().optional(),
})

/** What the program finds in its environment, and nothing else of the test's. */
export const environment = (more: Record<string, string> = {}) => ({
  PATH: process.env.PATH,
  HOME: process.env.HOME,
  // Without it every process compiles all its sources again.
  NODE_COMPILE_CACHE: process.env.NODE_COMPILE_CACHE,
  LANG: 'C.UTF-8',
  ...more,
})

const launch = (args: string[], more?: Record<string, string>) => {
  const child = spawn(process.execPath, [cli, ...args], { env: environment(more), stdio: 'pipe' })
  onTestFinished(() => void child.kill('SIGKILL'))
  return child
}

/** @returns a running host, once its one line has come. */
export const start = async (args: string[], more?: Record<string, string>) => {
  const child = launch(['--port', '0', ...args], more)
  const lines: string[] = []
  const output = createInterface(child.stdout)
  output.on('line', line => lines.push(line))
  await once(output, 'line')
  return { child, lines, ...readySchema.parse(JSON.parse(lines[0] ?? '')) }
}

/** @returns the exit code; null if a signal has ended it. */
export const endOf = (child: ChildProcess): Promise<number | null> =>
  new Promise(resolve => {
    if (child.exitCode !== null || child.signalCode !== null) resolve(child.exitCode)
    else child.once('exit', resolve)
  })

/** Runs a command line to its end. */
export const run = async (args: string[], more?: Record<string, string>) => {
  const child = launch(args, more)
  const [code, stdout, stderr] = await Promise.all([endOf(child), text(child.stdout), text(child.stderr)])
  return { code, stdout, stderr }
}

import { spawn, type ChildProcess } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const readyLine = z.union([
  z.object({ ready: z.literal(true), port: z.number() }),
  z
    .object({ ready: z.literal(true), ws: z.url() })
    .transform(({ ws }) => ({ port: Number(new URL(ws).port) })),
])

/** A server under load, in a process of its own. */
export interface ServerProcess {
  port: number
  /** Resident memory. Bytes; NaN where the system does not tell (it is read from /proc). */
  memory: () => number
  /** Time that its threads have run on a processor. Seconds; NaN where the system does not tell. */
  cpu: () => number
  stop: () => void
}

const memoryOf = (pid: number | undefined): number => {
  try {
    const [, kibibytes] = /VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid ?? ''}/status`, 'latin1')) ?? []
    return Number(kibibytes) * 1024
  } catch {
    return Number.NaN
  }
}

/** Ticks of the kernel's clock in a second, as Linux tells times of processes (proc(5)). */
const ticks = 100

const cpuOf = (pid: number | undefined): number => {
  try {
    const stat = readFileSync(`/proc/${pid ?? ''}/stat`, 'latin1')
    // The program's name, in brackets, may hold spaces; the times are the 14th and the 15th field.
    const [user, system] = stat
      .slice(stat.lastIndexOf(')') + 2)
      .split(' ')
      .slice(11, 13)
      .map(Number)
    return ((user ?? Number.NaN) + (system ?? Number.NaN)) / ticks
  } catch {
    return Number.NaN
  }
}

/** Where the bench breaks off, none of them is left behind. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

interface StartOptions {
  /** What runs the script; the Node that runs this where it is left out. */
  program?: string
  args?: string[]
  /** For V8 and node. */
  nodeArgs?: string[]
  onExit?: () => void
}

/** Starts a server that prints one line `{"ready":true,"port":…}` or `{"ready":true,"ws":"ws://…"}`. @param script relative to this file. */
export const startServer = async (
  script: string,
  { program = process.execPath, args = [], nodeArgs = [], onExit = () => undefined }: StartOptions = {},
): Promise<ServerProcess> => {
  const child = spawn(program, [...nodeArgs, join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  running.add(child)
  child.once('exit', () => {
    running.delete(child)
    onExit()
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { port } = readyLine.parse(JSON.parse(line))
    return {
      port,
      memory: () => memoryOf(child.pid),
      cpu: () => cpuOf(child.pid),
      stop: () => void child.kill(),
    }
  }
  throw new Error(`${script} ended before it was ready`)
}

/** In the work tree, because the system's folder for temporary files is in memory on many machines. */
const dataFolder = join(import.meta.dirname, '..', '..', '.cache', 'bench')

/** @returns a new folder for a host's data. @param parent where it is made; on the disk where it is left out. */
export const makeDataFolder = (parent = dataFolder): string => {
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(join(parent, 'host-'))
}

/** Starts the host as `npm run host` does, on a new folder that ends with it. @param args its flags. @param parent as of {@link makeDataFolder}. */
export const startHost = (args: readonly string[] = [], parent?: string): Promise<ServerProcess> => {
  const data = makeDataFolder(parent)
  return startServer('../../main/host/cli/index.ts', {
    args: ['--port', '0', '--data', data, '--log-level', 'error', '--send-bytes', '0', ...args],
    nodeArgs: ['--max-semi-space-size=8'],
    onExit: () => rmSync(data, { recursive: true, force: true }),
  })
}

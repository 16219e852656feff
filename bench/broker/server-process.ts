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

/** A server under load, in its own process. */
export interface ServerProcess {
  port: number
  /** Resident memory in bytes; NaN if the system does not report it (it is read from /proc). */
  memory: () => number
  /** Processor time of its threads in seconds; NaN if the system does not report it. */
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

/** The unit of process times on Linux: ticks in a second (proc(5)). */
const ticks = 100

const cpuOf = (pid: number | undefined): number => {
  try {
    const stat = readFileSync(`/proc/${pid ?? ''}/stat`, 'latin1')
    // The program's name, in brackets, may contain spaces; the times are fields 14 and 15.
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

/** All running servers, which are stopped if the bench aborts. */
const running = new Set<ChildProcess>()
process.once('exit', () => {
  for (const child of running) child.kill()
})
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(1))

interface StartOptions {
  /** The program that runs the script; by default the current Node. */
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

/** In the work tree, because the system's temporary folder is in memory on many machines. */
const dataFolder = join(import.meta.dirname, '..', '..', '.cache', 'bench')

/** @returns a new folder for a host's data. @param parent by default a folder on the disk. */
export const makeDataFolder = (parent = dataFolder): string => {
  mkdirSync(parent, { recursive: true })
  return mkdtempSync(join(parent, 'host-'))
}

/**
 * Starts the host like `npm run host`, with a new folder that is deleted when it ends. @param args its flags. @param
 * parent as in {@link makeDataFolder}.
 */
export const startHost = (args: readonly string[] = [], parent?: string): Promise<ServerProcess> => {
  const data = makeDataFolder(parent)
  return startServer('../../main/host/cli/index.ts', {
    args: ['--port', '0', '--data', data, '--log-level', 'error', '--send-bytes', '0', ...args],
    nodeArgs: ['--max-semi-space-size=8'],
    onExit: () => rmSync(data, { recursive: true, force: true }),
  })
}

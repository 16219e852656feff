import { spawn } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
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

interface StartOptions {
  args?: string[]
  /** For V8 and node. */
  nodeArgs?: string[]
  onExit?: () => void
}

/** Starts a server that prints one line `{"ready":true,"port":…}` or `{"ready":true,"ws":"ws://…"}`. @param script relative to this file. */
export const startServer = async (
  script: string,
  { args = [], nodeArgs = [], onExit = () => undefined }: StartOptions = {},
): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [...nodeArgs, join(import.meta.dirname, script), ...args], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  child.once('exit', onExit)
  for await (const line of createInterface({ input: child.stdout })) {
    const { port } = readyLine.parse(JSON.parse(line))
    return { port, memory: () => memoryOf(child.pid), stop: () => void child.kill() }
  }
  throw new Error(`${script} ended before it was ready`)
}

/** Starts the host as `npm run host` does, on a new folder that ends with it. @param args its flags. */
export const startHost = (args: readonly string[] = []): Promise<ServerProcess> => {
  const data = mkdtempSync(join(tmpdir(), 'stompbox-bench-'))
  return startServer('../../main/host/cli/index.ts', {
    args: ['--port', '0', '--data', data, '--log-level', 'error', '--send-bytes', '0', ...args],
    nodeArgs: ['--max-semi-space-size=8'],
    onExit: () => rmSync(data, { recursive: true, force: true }),
  })
}

import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { z } from 'zod'

const readyLine = z.object({ ready: z.literal(true), port: z.number() })

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

/** Starts a server that prints one line `{"ready":true,"port":…}`. @param script beside this file. */
export const startServer = async (script: string): Promise<ServerProcess> => {
  const child = spawn(process.execPath, [`${import.meta.dirname}/${script}`], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  for await (const line of createInterface({ input: child.stdout })) {
    const { port } = readyLine.parse(JSON.parse(line))
    return { port, memory: () => memoryOf(child.pid), stop: () => void child.kill() }
  }
  throw new Error(`${script} ended before it was ready`)
}

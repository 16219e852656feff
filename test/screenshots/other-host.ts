/** A host on another computer, which may vanish without a word. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { z } from 'zod'
import { root } from '../e2e/fixtures.ts'

const readySchema = z.object({ ready: z.literal(true), ws: z.string() })

export interface OtherHost {
  ws: string
  /** Ends it as a pulled plug does. */
  vanish(): Promise<void>
}

const vanish = async (host: ChildProcess): Promise<void> => {
  const gone = once(host, 'exit')
  host.kill('SIGKILL')
  await gone
}

/** @param folder of its history. */
export const startOtherHost = async (folder: string, name: string): Promise<OtherHost> => {
  const host = spawn(
    process.execPath,
    [join(root, 'main/host/cli/index.ts'), '--port', '0', '--data', folder, '--name', name],
    { stdio: ['ignore', 'pipe', 'ignore'] },
  )
  for await (const line of createInterface(host.stdout)) {
    const { ws } = readySchema.parse(JSON.parse(line))
    return { ws, vanish: () => vanish(host) }
  }
  throw new Error(`The host ${name} did not start.`)
}

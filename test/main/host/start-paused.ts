/** A host in a process of its own that can stand still at a step of a message's way, to be killed there. */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { z } from 'zod'
import type { Step } from '../../../main/host/history/steps.ts'

const program = fileURLToPath(new URL('paused-host.ts', import.meta.url))
const preload = new URL('pause-at-step.ts', import.meta.url).href

export interface PausedHost {
  ws: string
  /** Resolves when it stands still. */
  paused: Promise<true>
  kill(): Promise<void>
}

/** @returns a host that stands still when the step comes for the `count`th time. */
export const startPaused = async (
  dataDir: string,
  step: Step | 'none' = 'none',
  count = 0,
): Promise<PausedHost> => {
  const child = spawn(process.execPath, ['--import', preload, program, dataDir], {
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, PAUSE_STEP: step, PAUSE_COUNT: String(count) },
  })
  const output = createInterface(child.stdout)
  const [ws] = z.tuple([z.string()]).parse(await once(output, 'line'))
  const paused = once(output, 'line').then((): true => true)
  const ended = once(child, 'exit')
  return {
    ws,
    paused,
    async kill() {
      child.kill('SIGKILL')
      await ended
    },
  }
}

/** Ends the app in order: each step is given its time, and a person who asks again does not wait. */
import type { Log } from '../../shared/core/ports.ts'

export interface ShutdownStep {
  name: string
  run: () => Promise<unknown>
}

export interface ShutdownOptions {
  /** One after the other; one that fails does not keep the others from running. */
  steps: ShutdownStep[]
  exit: (code: number) => void
  log: Log
  /** Milliseconds for all of it. */
  deadline?: number
  /** Milliseconds in which asking again is the same asking: a signal and a closed window may both ask. */
  sameRequest?: number
  now?: () => number
}

/** @returns `end`: starts the shutdown, after which the app exits with `code`; called again later it ends the app at once. */
export const createShutdown = ({
  steps,
  exit,
  log,
  deadline = 10_000,
  sameRequest = 1000,
  now = Date.now,
}: ShutdownOptions): ((code?: number) => void) => {
  let begunAt: number | null = null

  const run = async (code: number): Promise<void> => {
    for (const { name, run: runStep } of steps) {
      try {
        await runStep()
      } catch (thrown) {
        log.error('shutdown-step-failed', { step: name, detail: String(thrown) })
      }
    }
    exit(code)
  }

  return (code = 0) => {
    if (begunAt === null) {
      begunAt = now()
      setTimeout(() => {
        log.error('shutdown-too-slow')
        exit(1)
      }, deadline)
      void run(code)
    } else if (now() - begunAt > sameRequest) {
      log.warn('shutdown-forced')
      exit(1)
    }
  }
}

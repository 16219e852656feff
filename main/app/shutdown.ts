/** Shuts the app down in order. Each step has a time limit, and asking again quits at once. */
import type { Log } from '../../shared/core/ports.ts'

export interface ShutdownStep {
  name: string
  run: () => Promise<unknown>
}

export interface ShutdownOptions {
  /** Run one after another; a failing step does not stop the others. */
  steps: ShutdownStep[]
  exit: (code: number) => void
  log: Log
  /** Milliseconds for all steps together. */
  deadline?: number
  /** Milliseconds within which a second request counts as the same one: a signal and a closed window may both ask. */
  sameRequest?: number
  now?: () => number
}

/** @returns `end`, which starts the shutdown and then exits with `code`; called again later, it exits at once. */
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

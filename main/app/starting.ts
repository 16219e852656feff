/** Opens the engine, repeatedly if the person wants, until it opens or they quit. */
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'

/** The person's answer to a failed start. */
export type StartAnswer = 'again' | 'fresh' | 'quit'

/** Milliseconds to wait silently for a file that another program has open. */
const lockPatience = 10_000

interface StartingPorts<Engine> {
  open: () => Promise<Engine>
  /** Asks the person. */
  ask: (error: AppError) => Promise<StartAnswer>
  /** Renames the file of this error. */
  startFresh: (error: AppError) => Promise<void>
  log: Log
}

/** @returns the engine; null if the person quits. */
export const startPatiently = async <Engine>(ports: StartingPorts<Engine>): Promise<Engine | null> => {
  const { open, ask, startFresh, log } = ports
  let waitsUntil = performance.now() + lockPatience
  let work: () => Promise<unknown> = () => Promise.resolve()
  for (;;) {
    try {
      await work()
      work = () => Promise.resolve()
      return await open()
    } catch (thrown) {
      const error = toAppError(thrown)
      log.error('start-failed', { ...error })
      if (error.code === 'cache-locked' && performance.now() < waitsUntil) continue
      const answer = await ask(error)
      if (answer === 'quit') return null
      waitsUntil = performance.now() + lockPatience
      work = answer === 'fresh' ? () => startFresh(error) : () => Promise.resolve()
    }
  }
}

/** Opens the app's engine, again and again as the person wants it, until it opens or they quit. */
import { toAppError, type AppError } from '../../shared/contract/errors.ts'
import type { Log } from '../../shared/core/ports.ts'

/** What a person does about a start that failed. */
export type StartAnswer = 'again' | 'anew' | 'quit'

/** Milliseconds for which a file that another program has open is waited for without a word. */
const lockPatience = 10_000

interface StartingPorts<Engine> {
  open: () => Promise<Engine>
  /** Asks the person. */
  ask: (error: AppError) => Promise<StartAnswer>
  /** Puts the file of this error aside. */
  beginAnew: (error: AppError) => Promise<void>
  log: Log
}

/** @returns the engine; null where the person quits. */
export const startPatiently = async <Engine>(ports: StartingPorts<Engine>): Promise<Engine | null> => {
  const { open, ask, beginAnew, log } = ports
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
      work = answer === 'anew' ? () => beginAnew(error) : () => Promise.resolve()
    }
  }
}

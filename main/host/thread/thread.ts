/** A host on its own thread, with the interface of a local one. */
import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { Failure, type AppError, type Result } from '../../../shared/contract/errors.ts'
import type { HostMeasure } from '../../../shared/contract/host-measure.ts'
import type { HostGuest } from '../../../shared/contract/model.ts'
import type { HostOptions, RunningHost } from '../ports/options.ts'
import type { HostOwner, HostThread } from './thread-messages.ts'

/**
 * V8's young generation in MiB: three semi-spaces of the 8 MiB that `npm run host` has. Without the bound V8 would
 * enlarge them under load and never shrink them, although hardly any data of a message outlives its tick.
 */
const youngGeneration = 24

const valueOf = <Value>(result: Result<Value>): Value => {
  if (result.ok) return result.value
  throw new Failure(result.error.code, result.error.params, result.error.detail)
}

/**
 * Opens a host on its own thread.
 * @param worker the thread's entry: `worker.ts` or its bundle.
 * @param onFailed is called if the thread ends by itself, which ends the host. At most once, and not for a failure to
 *   open.
 * @throws {Failure} as {@link import('../host.ts').openHost}; `host-failed` if the thread ended.
 */
export const openHostThread = async (
  { log, ...options }: HostOptions,
  { worker, onFailed }: { worker: URL; onFailed: (error: AppError) => void },
): Promise<RunningHost> => {
  let people: HostGuest[] = []
  const listeners = new Set<(people: HostGuest[]) => void>()
  const measureListeners = new Set<(measure: HostMeasure) => void>()
  const owner: HostOwner = {
    peopleChanged: next => {
      people = next
      for (const listener of listeners) listener(people)
    },
    measured: measure => {
      for (const listener of measureListeners) listener(measure)
    },
    log: (level, event, fields) => log[level](event, fields),
  }

  const thread = new Worker(worker, {
    name: 'host',
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
  })
  let phase: 'opening' | 'open' | 'stopping' | 'ended' = 'opening'
  let failure = new Failure('host-failed', undefined, 'the thread has ended')
  const host = createBirpc<HostThread, HostOwner>(owner, {
    post: message => {
      if (phase === 'ended') throw failure
      thread.postMessage(message)
    },
    on: listener => thread.on('message', listener),
    // No timeout: checking a large database takes long, and 'exit' tells if the thread ends.
    timeout: -1,
  })
  thread.once('error', cause => {
    failure = new Failure('host-failed', undefined, cause)
  })
  const ended = new Promise<void>(resolve => {
    thread.once('exit', () => {
      const unexpected = phase === 'open'
      phase = 'ended'
      void host.$rejectPendingCalls(({ reject }) => reject(failure))
      if (unexpected) onFailed(failure.error)
      resolve()
    })
  })

  const stop = async (): Promise<void> => {
    if (phase !== 'open') return ended
    phase = 'stopping'
    await host.stop().finally(() => thread.terminate())
  }

  /** A thread that has ended measures nothing. */
  const measure = (on: boolean): void => void host.measure(on).catch(() => undefined)

  try {
    const addresses = valueOf(await host.open(options))
    phase = 'open'
    return {
      ...addresses,
      people: () => people,
      onPeopleChanged: listener => {
        listeners.add(listener)
        return () => void listeners.delete(listener)
      },
      onMeasured: listener => {
        measureListeners.add(listener)
        // Restarted for each new listener, so that its first measurement comes at once.
        measure(true)
        return () => {
          if (measureListeners.delete(listener) && measureListeners.size === 0) measure(false)
        }
      },
      setPasscode: async passcode => void valueOf(await host.setPasscode(passcode)),
      introduce: async runner => void valueOf(await host.introduce(runner)),
      stop,
    }
  } catch (thrown) {
    await thread.terminate()
    throw thrown
  }
}

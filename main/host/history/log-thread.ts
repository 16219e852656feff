/**
 * The log writer on its own thread, so that the host's thread spends no time on SQLite's writes and never waits for the
 * disk.
 */
import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { Failure, type Result } from '../../../shared/contract/errors.ts'
import type { HostLog, Keep } from '../ports/options.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { packGroup, unpackOutcomes, type PackedGroup, type PackedOutcomes } from './packed-group.ts'

/** The thread's start parameters. */
interface LogThreadData {
  /** The host's database, which is open already. */
  file: string
  /** Bytes that stay free on its disk. */
  keepFree: number
}

/** The calls of the thread, which it carries out one after another, in order. */
export interface LogCalls {
  /** Answers as soon as the thread runs. */
  ready(): void
  append(group: PackedGroup): Result<PackedOutcomes>
  trim(roomId: string, keep: Keep): Result<boolean>
  purge(): Result<boolean>
  close(): void
}

/** The events of the thread. */
export interface LogOwner {
  error: HostLog['error']
}

export interface LogThread extends Pick<RoomLog, 'append' | 'trim' | 'purge'> {
  /** Resolves when the thread runs. Earlier calls wait for it. */
  ready(): Promise<void>
  /** Ends the thread after all earlier calls. May be called again. */
  close(): Promise<void>
}

interface LogThreadOptions extends LogThreadData {
  /** The thread's code: `worker.ts` or its bundle. */
  worker: URL
  log: HostLog
}

/** V8's young generation in MiB: hardly any data outlives its group. */
const youngGeneration = 12

const valueOf = <Value>(result: Result<Value>): Value => {
  if (result.ok) return result.value
  throw new Failure(result.error.code, result.error.params, result.error.detail)
}

/**
 * Starts the thread. If it ends by itself, the host can store nothing any more: an uncaught error then ends the host's
 * thread as well.
 */
export const startLogThread = ({ worker, log, ...data }: LogThreadOptions): LogThread => {
  const thread = new Worker(worker, {
    name: 'host log',
    workerData: data satisfies LogThreadData,
    resourceLimits: { maxYoungGenerationSizeMb: youngGeneration },
  })
  let closed: Promise<void> | undefined
  const ended = new Promise<void>(resolve => {
    thread.once('exit', code => {
      // Uncaught, so that the host's thread ends.
      if (!closed) throw new Error(`the log thread ended with ${code}`)
      resolve()
    })
  })
  const calls = createBirpc<LogCalls, LogOwner>(
    { error: (event, fields) => log.error(event, fields) },
    {
      post: message => thread.postMessage(message),
      on: listener => thread.on('message', listener),
      // No timeout: a slow disk is not a failure.
      timeout: -1,
    },
  )
  const close = async (): Promise<void> => {
    await calls.close()
    await ended
  }
  return {
    ready: () => calls.ready(),
    append: async group => {
      try {
        return unpackOutcomes(group, valueOf(await calls.append(packGroup(group))))
      } catch (thrown) {
        log.error('messages not stored', { count: group.length, error: String(thrown) })
        throw thrown
      }
    },
    trim: async (roomId, keep) => valueOf(await calls.trim(roomId, keep)),
    purge: async () => valueOf(await calls.purge()),
    close: () => (closed ??= close()),
  }
}

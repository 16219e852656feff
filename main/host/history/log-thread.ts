/** The log writer on a thread of its own, so that the host's thread spends no time on SQLite's writing, and waits for no disk. */
import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { Failure, type Result } from '../../../shared/contract/errors.ts'
import type { HostLog, Keep } from '../ports/options.ts'
import type { RoomLog } from '../ports/room-log.ts'
import { packGroup, unpackOutcomes, type PackedGroup, type PackedOutcomes } from './packed-group.ts'

/** What the thread is told when it starts. */
interface LogThreadData {
  /** The host's database, which is open already. */
  file: string
  /** Bytes of its disk that stay free. */
  keepFree: number
}

/** What the thread does. It carries out the calls one after the other, in their order. */
export interface LogCalls {
  /** Answers as soon as the thread runs. */
  ready(): void
  append(group: PackedGroup): Result<PackedOutcomes>
  trim(roomId: string, keep: Keep): Result<boolean>
  purge(): Result<boolean>
  close(): void
}

/** What it tells. */
export interface LogOwner {
  error: HostLog['error']
}

export interface LogThread extends Pick<RoomLog, 'append' | 'trim' | 'purge'> {
  /** Resolves when the thread runs. What is asked before waits for that. */
  ready(): Promise<void>
  /** Ends the thread after everything that it was asked for. May be called again. */
  close(): Promise<void>
}

interface LogThreadOptions extends LogThreadData {
  /** The thread's code: `worker.ts`, or what the build has made of it. */
  worker: URL
  log: HostLog
}

/** MiB in which V8 keeps what is new: hardly anything of a group outlives it. */
const youngGeneration = 12

const valueOf = <Value>(result: Result<Value>): Value => {
  if (result.ok) return result.value
  throw new Failure(result.error.code, result.error.params, result.error.detail)
}

/**
 * Starts the thread. If it ends by itself, the host can store nothing any more: then an error that nobody catches ends the host's thread
 * as well.
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
      // Nobody catches this, and the host's thread ends.
      if (!closed) throw new Error(`the log thread ended with ${code}`)
      resolve()
    })
  })
  const calls = createBirpc<LogCalls, LogOwner>(
    { error: (event, fields) => log.error(event, fields) },
    {
      post: message => thread.postMessage(message),
      on: listener => thread.on('message', listener),
      // A slow disk is no failure.
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

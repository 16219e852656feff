/** Entry of the thread that writes the log. */
import { dirname } from 'node:path'
import { parentPort, workerData } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { z } from 'zod'
import type { Result } from '../../../shared/contract/errors.ts'
import { toFailure } from '../../sqlite/failures.ts'
import { openAnother } from '../../sqlite/open.ts'
import { hostFile } from './database.ts'
import { openFreeSpace } from './free-space.ts'
import type { LogCalls, LogOwner } from './log-thread.ts'
import { openLogWriter } from './log-writer.ts'
import { packOutcomes, unpackGroup } from './packed-group.ts'

const port = parentPort
if (!port) throw new Error('host/history/worker.ts is the entry of a worker thread')

const { file, keepFree } = z.object({ file: z.string(), keepFree: z.number() }).parse(workerData)
const database = openAnother(file, hostFile)
const writer = openLogWriter({
  database,
  hasSpace: openFreeSpace(dirname(file), keepFree),
  now: Date.now,
  log: { error: (event, fields) => void owner.error.asEvent(event, fields) },
})

const result = <Value>(run: () => Value): Result<Value> => {
  try {
    return { ok: true, value: run() }
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown, file).error }
  }
}

const calls: LogCalls = {
  ready: () => undefined,
  append: packed =>
    result(() => {
      const group = unpackGroup(packed)
      return packOutcomes(group, writer.append(group))
    }),
  trim: (roomId, keep) => result(() => writer.trim(roomId, keep)),
  purge: () => result(() => writer.purge()),
  close: () => {
    database.close()
    // After the answer has gone out, nothing keeps the thread.
    setImmediate(() => port.close())
  },
}

const owner = createBirpc<LogOwner, LogCalls>(calls, {
  post: message => port.postMessage(message),
  on: listener => port.on('message', listener),
})

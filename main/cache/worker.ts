/** The cache's thread: SQLite works here, so that no query holds up the main process. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { createCache, type CacheCalls } from './cache.ts'
import { errorToData, workerDataSchema, type Opened } from './crossing.ts'
import { toFailure } from '../sqlite/failures.ts'
import { openDatabase } from './open.ts'

const serve = (port: MessagePort, file: string, cache: CacheCalls): void => {
  const calls: CacheCalls = {
    ...cache,
    close() {
      cache.close()
      // After the answer has gone out, nothing keeps the thread.
      setImmediate(() => {
        port.close()
      })
    },
  }
  createBirpc<Record<string, never>, CacheCalls>(calls, {
    post: message => {
      port.postMessage(message)
    },
    on: receive => {
      port.on('message', receive)
    },
    serialize: errorToData(file),
  })
}

const start = (port: MessagePort, file: string): Opened => {
  try {
    serve(port, file, createCache(openDatabase(file)))
    return { ok: true }
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown, file).error }
  }
}

if (!parentPort) throw new Error('this is the code of a thread')
parentPort.postMessage(start(parentPort, workerDataSchema.parse(workerData).file))

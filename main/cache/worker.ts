/** The cache's thread: SQLite works here, so that no query holds up the main process. */
import { parentPort, workerData, type MessagePort } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { toFailure } from '../sqlite/failures.ts'
import { errorToData, workerDataSchema, type CacheNews, type Opened } from './crossing.ts'
import { LiveCache } from './live-cache.ts'
import type { CacheRecovery } from '../../shared/contract/desktop-commands.ts'

type Calls = Record<string, (...given: unknown[]) => unknown>

/** @returns a function that tells the main process of a recovery. */
const serve = (port: MessagePort, file: string, cache: LiveCache): ((recovery: CacheRecovery) => void) => {
  const calls: Calls = Object.fromEntries(
    cache.names.map(name => [name, (...given: unknown[]) => cache.call(name, given)]),
  )
  calls.close = () => {
    cache.call('close', [])
    // After the answer has gone out, nothing keeps the thread.
    setImmediate(() => {
      port.close()
    })
  }
  const main = createBirpc<CacheNews, Calls>(calls, {
    post: message => {
      port.postMessage(message)
    },
    on: receive => {
      port.on('message', receive)
    },
    serialize: errorToData(file),
  })
  return recovery => void main.recovered.asEvent(recovery)
}

const start = (port: MessagePort, file: string): Opened => {
  try {
    let tell: (recovery: CacheRecovery) => void = () => undefined
    const { opened, recovery } = LiveCache.open(file, found => tell(found))
    tell = serve(port, file, opened)
    return { ok: true, recovery }
  } catch (thrown) {
    return { ok: false, error: toFailure(thrown, file).error }
  }
}

if (!parentPort) throw new Error('this is the code of a thread')
parentPort.postMessage(start(parentPort, workerDataSchema.parse(workerData).file))

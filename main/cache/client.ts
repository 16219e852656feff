import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { Failure } from '../../shared/contract/errors.ts'
import type { KeptCache } from './kept-cache.ts'
import { dataToError, openedSchema, toCrossedFailure, type CacheNews } from './crossing.ts'
import type { CacheRecovery } from '../../shared/contract/desktop-commands.ts'

const raise = (failure: Failure): never => {
  throw failure
}

export interface CacheOptions {
  /** The database; made with its folder where it is not there. */
  file: string
  /** The thread's code: `main/cache/worker.ts`, or what the build has made of it. */
  worker: URL
  /** The cache was damaged and recovered while it was in use, so that everything has to be read from it again. */
  onRecovered?: CacheNews['recovered']
}

export interface OpenedCache {
  cache: KeptCache
  /** What came of a recovery, for a file that was damaged. */
  recovery: CacheRecovery | null
}

/**
 * Opens the cache in its own thread, and recovers a damaged file first. `close` ends the thread. If the thread is lost, pending and later
 * calls reject with `cache-failed`.
 * @throws Failure `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full` or `cache-failed`, each with the file.
 */
export const openCache = async ({
  file,
  worker,
  onRecovered = () => undefined,
}: CacheOptions): Promise<OpenedCache> => {
  const thread = new Worker(worker, { workerData: { file }, name: 'cache' })
  let lost: Failure | null = null
  const ended = new Promise<Failure>(resolve => {
    thread.once('error', cause => resolve(new Failure('cache-failed', { file }, cause)))
    thread.once('exit', code =>
      resolve(new Failure('cache-failed', { file }, `the thread ended with ${code}`)),
    )
  })

  const firstMessage = new Promise<unknown>(resolve => thread.once('message', resolve))
  const opened = openedSchema.parse(await Promise.race([firstMessage, ended.then(raise)]))
  if (!opened.ok) throw toCrossedFailure(opened.error)

  const calls = createBirpc<KeptCache, CacheNews>(
    { recovered: onRecovered },
    {
      post: message => {
        if (lost) throw lost
        thread.postMessage(message)
      },
      on: receive => {
        thread.on('message', receive)
      },
      deserialize: dataToError,
      // A long search or a large backlog is no failure.
      timeout: -1,
    },
  )
  void ended.then(failure => {
    lost = failure
    void calls.$rejectPendingCalls(({ reject }) => {
      reject(failure)
    })
  })
  return { cache: calls, recovery: opened.recovery }
}

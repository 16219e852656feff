import { Worker } from 'node:worker_threads'
import { createBirpc } from 'birpc'
import { Failure } from '../../shared/contract/errors.ts'
import type { MessageCache } from '../../shared/core/ports.ts'
import { dataToError, openedSchema, toCrossedFailure } from './crossing.ts'

const raise = (failure: Failure): never => {
  throw failure
}

export interface CacheOptions {
  /** The database; made with its folder where it is not there. */
  file: string
  /** The thread's code: `main/cache/worker.ts`, or what the build has made of it. */
  worker: URL
}

/**
 * Opens the cache in a thread of its own. `close` ends the thread; when the thread is lost, what waits and all that comes after
 * rejects with `cache-failed`.
 * @throws Failure `cache-corrupt`, `cache-newer`, `cache-locked`, `disk-readonly`, `disk-full` or `cache-failed`, each with the file.
 */
export const openCache = async ({ file, worker }: CacheOptions): Promise<MessageCache> => {
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

  const calls = createBirpc<MessageCache>(
    {},
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
  return calls
}

/** What has arrived from one server and is not in the cache yet: stored in batches, in order, and held while the cache fails. */
import { toAppError, type AppError } from '../contract/errors.ts'
import type { ArrivedMessage, MessageCache, StoredMessage } from './ports.ts'

/** Messages in one transaction of the cache. */
const batchSize = 500
/** Messages that may wait; more means that the cache can't keep up, and the history is asked for again later. */
export const inboxLimit = 50_000

export interface InboxOptions {
  cache: MessageCache
  onStored(stored: StoredMessage[]): void
  /** The cache fails, or can't keep up: nothing more may be taken from the server until {@link Inbox.flush} resolves. */
  onFailing(error: AppError): void
}

export interface Inbox {
  add(message: ArrivedMessage): void
  /** Stores what waits. Rejects with the cache's failure; what could not be stored goes on waiting. */
  flush(): Promise<void>
}

export const createInbox = (options: InboxOptions): Inbox => {
  let waiting: ArrivedMessage[] = []
  let running: Promise<void> | null = null

  const store = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting.slice(0, batchSize)
      const stored = await options.cache.storeMessages(batch)
      waiting = waiting.slice(batch.length)
      options.onStored(stored)
    }
  }
  const flush = (): Promise<void> =>
    (running ??= Promise.resolve()
      .then(store)
      .finally(() => {
        running = null
      }))

  return {
    add(message) {
      if (waiting.length >= inboxLimit) {
        options.onFailing({ code: 'cache-failed', detail: 'the cache does not keep up with what arrives' })
        return
      }
      waiting.push(message)
      if (!running) flush().catch((thrown: unknown) => options.onFailing(toAppError(thrown)))
    },
    flush,
  }
}

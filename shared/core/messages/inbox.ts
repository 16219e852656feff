/** What has arrived from one server and is not in the cache yet: stored in batches, in order, and held while the cache fails. */
import { toAppError, type AppError } from '../../contract/errors.ts'
import type { ArrivedMessage, MessageCache, Stored } from '../ports.ts'

/** Messages in one transaction of the cache, and UTF-16 units of their texts together. */
const batchSize = 500
const batchUnits = 4 * 1024 * 1024
/**
 * Messages that may wait, and UTF-16 units of their texts together; more means that the cache can't keep up, and the history is asked for
 * again later.
 */
export const inboxLimit = 50_000
export const inboxUnits = 64 * 1024 * 1024

export interface InboxOptions {
  cache: MessageCache
  onStored(stored: Stored): void
  /** The cache fails, or can't keep up: nothing more may be taken from the server until {@link Inbox.flush} resolves. */
  onFailing(error: AppError): void
}

export interface Inbox {
  /** @param onKept is called when the message is stored, after {@link InboxOptions.onStored}. */
  add(message: ArrivedMessage, onKept: () => void): void
  /** Stores what waits. Rejects with the cache's failure; what could not be stored goes on waiting. */
  flush(): Promise<void>
}

interface Waiting {
  message: ArrivedMessage
  onKept: () => void
}

const unitsOf = ({ message: { content, extra } }: Waiting): number => content.length + (extra?.length ?? 0)

/** @returns the first messages that make one transaction; one at least. */
const batchOf = (waiting: readonly Waiting[]): Waiting[] => {
  let units = 0
  const end = waiting.findIndex((one, index) => {
    units += unitsOf(one)
    return index === batchSize || (index > 0 && units > batchUnits)
  })
  return end === -1 ? [...waiting] : waiting.slice(0, end)
}

export const createInbox = (options: InboxOptions): Inbox => {
  let waiting: Waiting[] = []
  let waitingUnits = 0
  let running: Promise<void> | null = null

  const store = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = batchOf(waiting)
      const stored = await options.cache.storeMessages(batch.map(({ message }) => message))
      waiting = waiting.slice(batch.length)
      for (const one of batch) waitingUnits -= unitsOf(one)
      options.onStored(stored)
      for (const { onKept } of batch) onKept()
    }
  }
  const flush = (): Promise<void> =>
    (running ??= Promise.resolve()
      .then(store)
      .finally(() => {
        running = null
      }))

  return {
    add(message, onKept) {
      const units = unitsOf({ message, onKept })
      if (waiting.length >= inboxLimit || waitingUnits + units > inboxUnits) {
        options.onFailing({ code: 'cache-failed', detail: 'the cache does not keep up with what arrives' })
        return
      }
      waiting.push({ message, onKept })
      waitingUnits += units
      if (!running) flush().catch((thrown: unknown) => options.onFailing(toAppError(thrown)))
    },
    flush,
  }
}

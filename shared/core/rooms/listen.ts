import type { Feed } from '../dialect/dialect.ts'
import type { Log } from '../ports.ts'
import type { Session } from '../session/session.ts'

/**
 * Subscribes to a feed. An unreadable frame is dropped and logged.
 * @returns a function that ends the subscription.
 */
export const listen = <Value>(
  session: Pick<Session, 'subscribe'>,
  log: Log,
  { destination, headers, read }: Feed<Value>,
  take: (value: Value) => void,
): (() => void) =>
  session.subscribe(destination, headers, frame => {
    const value = read(frame)
    if (value === null) log.warn('feed-unreadable', { destination })
    else take(value)
  })

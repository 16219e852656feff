/** What the parts of one broker share. */
import type { Clock } from './clock.ts'
import type { BrokerHooks, StreamStore } from './hooks.ts'
import type { Limits } from './limits.ts'
import type { Flusher } from './outbound.ts'
import type { Queues } from './queues.ts'
import type { Topics } from './topics.ts'

/** Structured log; the broker gives it neither secrets nor bodies. */
export interface BrokerLog {
  info(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

export interface Context {
  readonly hooks: BrokerHooks
  readonly limits: Limits
  /** Destinations with a history; null where there are none. */
  readonly streams: StreamStore | null
  readonly topics: Topics
  readonly queues: Queues
  /** For the `server` header of CONNECTED: name/version. */
  readonly serverName: string
  readonly log: BrokerLog
  readonly clock: Clock
  readonly flusher: Flusher
  /** @returns a `message-id`, unique across restarts of the broker. */
  nextMessageId(): string
}

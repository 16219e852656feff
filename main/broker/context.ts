/** What the parts of one broker share. */
import type { Clock } from './clock.ts'
import type { Traffic } from './counts.ts'
import type { BrokerHooks } from './hooks.ts'
import type { ActiveLimits } from './limits.ts'
import type { Flusher } from './outbound.ts'
import type { Router } from './router.ts'
import type { Turns } from './turns.ts'

/** Structured log; the broker gives it neither secrets nor bodies. */
export interface BrokerLog {
  info(event: string, fields?: Record<string, unknown>): void
  error(event: string, fields?: Record<string, unknown>): void
}

export interface Context {
  readonly hooks: BrokerHooks
  readonly limits: ActiveLimits
  readonly router: Router
  /** For the `server` header of CONNECTED: name/version. */
  readonly serverName: string
  readonly log: BrokerLog
  readonly clock: Clock
  readonly flusher: Flusher
  readonly traffic: Traffic
  readonly turns: Turns
  /** @returns a `message-id`, unique across restarts of the broker. */
  nextMessageId(): string
}

/** Shared by all parts of one broker. */
import type { Clock } from '../options/clock.ts'
import type { Traffic } from '../options/counts.ts'
import type { BrokerHooks } from '../options/hooks.ts'
import type { ActiveLimits } from '../options/limits.ts'
import type { BrokerLog } from '../options/log.ts'
import type { Flusher } from '../transport/outbound.ts'
import type { Router } from '../destinations/router.ts'
import type { Ticks } from '../quotas/ticks.ts'

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
  readonly ticks: Ticks
  /** @returns a `message-id`, unique across restarts of the broker. */
  nextMessageId(): string
}

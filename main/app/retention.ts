import type { Retention } from '../../shared/contract/desktop-commands.ts'
import type { Settings } from '../../shared/contract/model.ts'
import type { Clock, Log } from '../../shared/core/ports.ts'
import type { KeptCache } from '../cache/kept-cache.ts'
import type { JsonDocument } from '../files/json-document.ts'

const day = 24 * 60 * 60 * 1000
/** How long messages are kept. Milliseconds; null for ever. */
const kept: Record<Retention, number | null> = {
  everything: null,
  year: 365 * day,
  '90-days': 90 * day,
  '30-days': 30 * day,
}
/** Between two passes. Milliseconds. */
const interval = 6 * 60 * 60 * 1000

interface RetentionPorts {
  settings: Pick<JsonDocument<Settings>, 'current' | 'onChange'>
  cache: Pick<KeptCache, 'removeOld'>
  clock: Clock
  /** Messages were removed. */
  onRemoved: () => void
  log: Log
}

/** Removes old messages now, from time to time, and when the setting changes. @returns a function that ends it. */
export const applyRetention = ({ settings, cache, clock, onRemoved, log }: RetentionPorts): (() => void) => {
  let keep = settings.current().keep
  let cancel = (): void => undefined

  const pass = async (): Promise<void> => {
    cancel()
    cancel = clock.after(interval, () => void pass())
    const age = kept[keep]
    if (age === null) return
    try {
      const removed = await cache.removeOld(clock.now() - age)
      log.info('old-messages-removed', { removed })
      if (removed > 0) onRemoved()
    } catch (thrown) {
      log.warn('retention-failed', { detail: String(thrown) })
    }
  }
  const unfollow = settings.onChange(changed => {
    if (changed.keep === keep) return
    keep = changed.keep
    void pass()
  })
  void pass()
  return () => {
    unfollow()
    cancel()
  }
}

/** Ports on real parts: sockets of the desktop, the system's clock; a cache and a key store in memory. */
import { nanoid } from 'nanoid'
import { createSocketFactory } from '../../../main/network/sockets.ts'
import type { Clock, Ids, Log, Ports, Secrets } from '../../../shared/core/ports.ts'
import { emptyDisk, memoryCache, type MemoryDisk } from './memory-cache.ts'

export const silentLog: Log = {
  debug: () => undefined,
  info: () => undefined,
  warn: () => undefined,
  error: () => undefined,
}

const systemClock: Clock = {
  now: Date.now,
  after(delay, run) {
    const timer = setTimeout(run, delay)
    return () => clearTimeout(timer)
  },
}

/** Jitter of nothing, so that tests try again soon. */
export const eagerIds: Ids = { next: () => nanoid(), secret: () => nanoid(32), random: () => 0 }

export const memorySecrets = (kept = new Map<string, string>()): Secrets => ({
  get: key => Promise.resolve(kept.get(key) ?? null),
  set(key, value) {
    if (value === null) kept.delete(key)
    else kept.set(key, value)
    return Promise.resolve()
  },
})

export const realSockets = () => createSocketFactory(silentLog)

export const realPorts = (change: Partial<Ports> = {}, disk: MemoryDisk = emptyDisk()): Ports => ({
  cache: memoryCache(disk),
  sockets: realSockets(),
  clock: systemClock,
  ids: eagerIds,
  secrets: memorySecrets(),
  log: silentLog,
  ...change,
})

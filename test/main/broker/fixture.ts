/** A broker with peers in memory and a clock that stands until the test moves it. */
import { Broker, type BrokerOptions } from '../../../main/broker/broker.ts'
import type { Clock } from '../../../main/broker/options/clock.ts'
import type { BrokerHooks } from '../../../main/broker/options/hooks.ts'
import type { Version } from '../../../shared/stomp/frame.ts'
import { silentLog } from './log.ts'
import { MemoryPeer } from './memory-peer.ts'

/** Time that stands until the test moves it. */
export class ManualClock implements Clock {
  #now = 1_000
  readonly #timers = new Set<{ interval: number; due: number; run: () => void }>()

  now(): number {
    return this.#now
  }

  every(interval: number, run: () => void): () => void {
    const timer = { interval, due: this.#now + interval, run }
    this.#timers.add(timer)
    return () => void this.#timers.delete(timer)
  }

  /** Lets `milliseconds` pass, and runs what is due on the way. */
  advance(milliseconds: number): void {
    const end = this.#now + milliseconds
    for (;;) {
      const [next] = [...this.#timers].sort((a, b) => a.due - b.due)
      if (!next || next.due > end) break
      this.#now = next.due
      next.due += next.interval
      next.run()
    }
    this.#now = end
  }
}

/** @returns when this turn of the event loop has ended, and with it what the broker writes in it. */
export const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

export interface Fixture {
  broker: Broker
  clock: ManualClock
  /** A new peer, its transport just opened. */
  open: (version?: Version, address?: string) => MemoryPeer
  /** A new peer that is connected. */
  connect: (headers?: Record<string, string>, version?: Version) => Promise<MemoryPeer>
}

/** Everybody may take all that there is: for tests of what one queue or the whole broker holds. */
export const nobodysShare: Partial<BrokerHooks> = { hasReserve: () => true }

/** @param hooks by default everybody is admitted under their login. */
export const startBroker = (
  hooks: Partial<BrokerHooks> = {},
  options: Partial<BrokerOptions> = {},
): Fixture => {
  const clock = new ManualClock()
  const broker = new Broker({
    serverName: 'stompbox/1.2.3',
    log: silentLog,
    clock,
    hooks: {
      admit: ({ login }) => ({ ok: true, principal: { id: login ?? '', name: login ?? '' } }),
      ...hooks,
    },
    ...options,
  })
  const open = (version?: Version, address?: string): MemoryPeer => {
    const peer = new MemoryPeer(version, address)
    broker.accept(peer)
    return peer
  }
  return {
    broker,
    clock,
    open,
    connect: async (headers = {}, version = '1.2') => {
      const peer = open(version)
      peer.send('CONNECT', { 'accept-version': version, host: 'localhost', ...headers })
      await peer.waitFor('CONNECTED')
      return peer
    },
  }
}

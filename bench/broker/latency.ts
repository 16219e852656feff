/** Measures the latency of messages at a moderate rate. */
import { setTimeout as sleep } from 'node:timers/promises'
import { percentile } from '../percentile.ts'
import { openSubscribers } from './load.ts'
import { LoadConnection } from './load-connection.ts'
import { microseconds } from './stamp.ts'
import type { Talk } from './talk.ts'

/** A server, and the messages sent to it. */
interface Listened {
  port: number
  talk: Talk
}

/** One topic of a server, and the latency of its messages. */
class Listening {
  readonly #talk: Talk
  readonly #connections: readonly LoadConnection[]
  readonly #publisher: LoadConnection
  /** Latency of each delivery. Microseconds. */
  #latencies: number[] = []

  private constructor(talk: Talk, connections: readonly LoadConnection[], publisher: LoadConnection) {
    this.#talk = talk
    this.#connections = connections
    this.#publisher = publisher
    for (const connection of connections) {
      connection.stamps = true
      connection.onMessages = (_, sentAt) => {
        const now = microseconds()
        for (const time of sentAt) this.#latencies.push(now - time)
      }
    }
  }

  static async open({ port, talk }: Listened, subscribers: number): Promise<Listening> {
    const connections = await openSubscribers(port, subscribers, 1, talk)
    return new Listening(talk, connections, await LoadConnection.open(port))
  }

  publish(): void {
    this.#publisher.write(this.#talk.sendFrame(0))
  }

  forget(): void {
    this.#latencies = []
  }

  get latency(): Latency {
    return { p50: percentile(this.#latencies, 0.5) / 1000, p99: percentile(this.#latencies, 0.99) / 1000 }
  }

  close(): void {
    for (const connection of [this.#publisher, ...this.#connections]) connection.close()
  }
}

interface Latency {
  /** Percentiles of the time from sending to delivery, over all deliveries. Milliseconds. */
  p50: number
  p99: number
}

/**
 * Open loop: sends `rate` messages a second to each of two servers, regardless of the deliveries. The servers
 * alternate, so that disturbances of the machine affect both.
 */
export const measureLatency = async (
  servers: { measured: Listened; baseline: Listened },
  load: { subscribers: number; rate: number; seconds: number },
): Promise<{ measured: Latency; baseline: Latency }> => {
  const { subscribers, rate, seconds } = load
  const baseline = await Listening.open(servers.baseline, subscribers)
  const measured = await Listening.open(servers.measured, subscribers)
  const start = microseconds()
  const turns = 2 * rate * (seconds + 1)
  for (let turn = 0; turn < turns; turn++) {
    const due = start + (turn * 1e6) / (2 * rate)
    await sleep(Math.max(0, (due - microseconds()) / 1000))
    const server = turn % 2 === 0 ? baseline : measured
    // The first second warms up.
    if (turn === 2 * rate) for (const one of [baseline, measured]) one.forget()
    server.publish()
  }
  await sleep(300)
  for (const server of [baseline, measured]) server.close()
  return { baseline: baseline.latency, measured: measured.latency }
}

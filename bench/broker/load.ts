/** Loads for a server, and the measurement of its deliveries. */
import { setTimeout as sleep } from 'node:timers/promises'
import { LoadConnection } from './load-connection.ts'
import type { ServerProcess } from './server-process.ts'
import { microseconds } from './stamp.ts'
import { plainTalk, type Talk } from './talk.ts'

/** The number of connections that are opened at once. */
const parallel = 100

/** Opens subscribers, spread evenly over the topics. */
export const openSubscribers = async (
  port: number,
  count: number,
  topics: number,
  { destinationOf }: Talk = plainTalk,
): Promise<LoadConnection[]> => {
  const connections: LoadConnection[] = []
  let opened = 0
  const openNext = async (): Promise<void> => {
    while (opened < count) {
      const index = opened++
      const connection = await LoadConnection.open(port)
      await connection.subscribe(destinationOf(index % topics))
      connections.push(connection)
    }
  }
  await Promise.all(Array.from({ length: Math.min(parallel, count) }, openNext))
  return connections
}

/** Deliveries of a server in a second. */
export interface FanoutFigures {
  /** By the clock. */
  perSecond: number
  /** By processor time of the server's threads: the cost of a delivery, however busy the machine is. */
  perCpuSecond: number
}

/**
 * Closed loop: one publisher keeps a window of messages in flight.
 * @param load is measured for `seconds`, after a warm-up of a fifth of that.
 */
export const measureFanout = async (
  { port, cpu = () => Number.NaN }: { port: number; cpu?: ServerProcess['cpu'] },
  load: { subscribers: number; topics: number; seconds: number; talk?: Talk },
): Promise<FanoutFigures> => {
  const { subscribers, topics, seconds, talk = plainTalk } = load
  const connections = await openSubscribers(port, subscribers, topics, talk)
  const publisher = await LoadConnection.open(port)
  const perMessage = subscribers / topics
  const window = Math.min(1000, Math.max(16, Math.floor(10_000 / perMessage)))
  const frames = Array.from({ length: topics }, (_, topic) => talk.sendFrame(topic))
  // One write carries several messages if they go to one topic, so that the publisher costs little.
  const burst = topics === 1 ? Math.max(1, Math.min(16, window >> 2)) : 1
  const bursts = frames.map(frame => Buffer.concat(Array<Buffer>(burst).fill(frame)))
  let [sent, delivered, next, running, armed] = [0, 0, 0, true, false]
  const fill = (): void => {
    armed = false
    while (running && sent * perMessage - delivered <= (window - burst) * perMessage) {
      publisher.write(bursts[next++ % topics] ?? Buffer.alloc(0))
      sent += burst
    }
  }
  for (const connection of connections)
    connection.onMessages = count => {
      delivered += count
      if (armed || sent * perMessage - delivered >= window * perMessage * 0.75) return
      armed = true
      setImmediate(fill)
    }
  fill()
  await sleep(seconds * 200)
  const [start, cpuBefore, before] = [microseconds(), cpu(), delivered]
  await sleep(seconds * 1000)
  const [end, cpuAfter, deliveries] = [microseconds(), cpu(), delivered - before]
  running = false
  for (const connection of [publisher, ...connections]) connection.close()
  return { perSecond: (deliveries / (end - start)) * 1e6, perCpuSecond: deliveries / (cpuAfter - cpuBefore) }
}

/** How long it took until everybody was connected again. Milliseconds. */
export interface StormFigures {
  byClock: number
  /** Processor time of the server's threads. */
  byCpu: number
}

/** @returns how long the server needs for `storm`. */
export const timeStorm = async (
  { cpu }: Pick<ServerProcess, 'cpu'>,
  storm: () => Promise<void>,
): Promise<StormFigures> => {
  const [start, cpuBefore] = [microseconds(), cpu()]
  await storm()
  return { byClock: (microseconds() - start) / 1000, byCpu: (cpu() - cpuBefore) * 1000 }
}

/**
 * Opens connections, each with a SUBSCRIBE and its RECEIPT, 100 at a time; then all of them drop and reconnect.
 * @param server without earlier connections.
 * @returns how long the reconnection took, and the server's memory for each connection before it.
 */
export const measureStorm = async (
  server: ServerProcess,
  connectionCount: number,
): Promise<StormFigures & { bytesEach: number }> => {
  const before = server.memory()
  const first = await openSubscribers(server.port, connectionCount, 1)
  await sleep(1_000)
  const bytesEach = (server.memory() - before) / connectionCount
  for (const connection of first) connection.close()
  await sleep(500)
  let connections: LoadConnection[] = []
  const figures = await timeStorm(server, async () => {
    connections = await openSubscribers(server.port, connectionCount, 1)
  })
  for (const connection of connections) connection.close()
  return { ...figures, bytesEach }
}

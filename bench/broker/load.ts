/** Loads that are put on a server, and what it makes of them. */
import { setTimeout as sleep } from 'node:timers/promises'
import { LoadConnection } from './load-connection.ts'
import type { ServerProcess } from './server-process.ts'
import { microseconds } from './stamp.ts'
import { plainTalk, type Talk } from './talk.ts'

/** How many connections are being opened at once. */
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

/** Deliveries of a server. */
export interface FanoutFigures {
  /** By the clock. */
  perSecond: number
  /** By the time that the server's threads ran: it tells what a delivery costs, however busy the machine is. */
  perCpuSecond: number
}

/**
 * Closed loop: one publisher keeps a window of messages under way.
 * @param load `seconds` are measured, after a fifth of them to warm up.
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
  // One write carries several messages where they go to one topic, so that the publisher costs little.
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

/** What it took until everybody was there. Milliseconds. */
export interface StormFigures {
  byClock: number
  /** That the server's threads ran. */
  byCpu: number
}

/** @returns what `storm` takes a server. */
export const timeStorm = async (
  { cpu }: Pick<ServerProcess, 'cpu'>,
  storm: () => Promise<void>,
): Promise<StormFigures> => {
  const [start, cpuBefore] = [microseconds(), cpu()]
  await storm()
  return { byClock: (microseconds() - start) / 1000, byCpu: (cpu() - cpuBefore) * 1000 }
}

/**
 * Opens connections, each with a SUBSCRIBE and its RECEIPT, 100 at a time; then they all break off and come back.
 * @param server that nobody has been connected to before.
 * @returns how long they took to come back, and the bytes that the server held for each at first.
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

/** The host against a bare `ws` server, both as processes of their own, under one load client: `npm run bench:broker`. */
import {
  measureAllFanouts,
  middleRound,
  plainTopics,
  roomsOnDisk,
  unlimited,
  type Measured,
} from './fanout.ts'
import { measureLatency } from './broker/latency.ts'
import { measureStorm } from './broker/load.ts'
import { startHost, startServer, type ServerProcess } from './broker/server-process.ts'
import { measureRoundTrip } from './round-trip.ts'

interface Row extends Measured {
  name: string
  unit: string
  bar?: { text: string; met: boolean } | undefined
}

const missed: string[] = []
const print = ({ name, measured, baseline, unit, bar }: Row): void => {
  const ratio = (measured / baseline).toFixed(2)
  const figures = [measured, baseline].map(figure => figure.toFixed(1).padStart(10)).join(' ')
  console.log(`${name.padEnd(44)} ${figures} ${unit.padEnd(4)} ratio ${ratio} (${bar?.text ?? 'no bar'})`)
  if (bar?.met === false) missed.push(name)
}
const atMost = (bound: number, { measured, baseline }: Measured): Row['bar'] => ({
  text: `at most ${bound}`,
  met: measured / baseline <= bound,
})

console.log(`${''.padEnd(44)} ${'host'.padStart(10)} ${'bare ws'.padStart(10)}`)
for (const subject of [plainTopics, roomsOnDisk])
  for (const { name, measured, baseline, bar } of await measureAllFanouts(subject))
    print({
      name,
      measured: measured / 1000,
      baseline: baseline / 1000,
      unit: 'k/s',
      bar: { text: `at least ${bar}`, met: measured / baseline >= bar },
    })

const startBare = (): Promise<ServerProcess> => startServer('bare-server.ts')
const startSubject = (): Promise<ServerProcess> => startHost(unlimited)

const [bare, host] = await Promise.all([startBare(), startSubject()])
for (const load of [
  { subscribers: 10, rate: 100, seconds: 2 },
  { subscribers: 100, rate: 50, seconds: 2 },
  { subscribers: 500, rate: 10, seconds: 10 },
]) {
  const name = `${load.subscribers} subscribers, ${load.rate} messages/s`
  const { p50, ...p99 } = await middleRound(3, async () => {
    const ports = { measured: host.port, baseline: bare.port }
    const { measured, baseline } = await measureLatency(ports, load)
    return {
      measured: measured.p99,
      baseline: baseline.p99,
      p50: { measured: measured.p50, baseline: baseline.p50 },
    }
  })
  print({ name: `latency p50, ${name}`, ...p50, unit: 'ms' })
  const bar = load.subscribers === 500 ? atMost(1.3, p99) : undefined
  print({ name: `latency p99, ${name}`, ...p99, unit: 'ms', bar })
}
bare.stop()
host.stop()

/** A server of its own, for its memory before the storm. */
const storm = async (start: () => Promise<ServerProcess>): ReturnType<typeof measureStorm> => {
  const server = await start()
  const result = await measureStorm(server.port, 1_000, server.memory)
  server.stop()
  return result
}
const { held, ...opened } = await middleRound(3, async () => {
  const [baseline, measured] = [await storm(startBare), await storm(startSubject)]
  return {
    measured: measured.milliseconds,
    baseline: baseline.milliseconds,
    held: { measured: measured.bytesEach / 1000, baseline: baseline.bytesEach / 1000 },
  }
})
print({ name: '1000 connections', ...opened, unit: 'ms', bar: atMost(1.5, opened) })
print({
  name: 'memory of a connection',
  ...held,
  unit: 'kB',
  bar: { text: 'at most 30 kB', met: held.measured <= 30 },
})

const { idle, flatOut, deliveries } = await measureRoundTrip()
console.log(
  `window to main thread and back, p95: ${flatOut.toFixed(1)} ms (at most 10 ms) while the host on its thread makes ${(deliveries / 1000).toFixed(0)}k deliveries/s; ${idle.toFixed(1)} ms while it is idle`,
)
if (flatOut > 10) missed.push('window to main thread and back')

console.log(missed.length === 0 ? 'All bars are met.' : `Below its bar: ${missed.join('; ')}.`)
process.exitCode = missed.length === 0 ? 0 : 1

/** The broker alone against a bare `ws` server, both as processes of their own, under one load client: `npm run bench:broker`. */
import { measureAllFanouts, middleRound, plainTopics, roomsOnDisk } from './fanout.ts'
import { measureLatency, measureStorm } from './broker/load.ts'
import { startServer } from './broker/server-process.ts'
import { measureRoundTrip } from './round-trip.ts'

const print = (name: string, measured: number, baseline: number, unit: string, bar: string): void =>
  console.log(
    `${name.padEnd(44)} ${measured.toFixed(1).padStart(10)} ${baseline.toFixed(1).padStart(10)} ${unit.padEnd(8)} ratio ${(measured / baseline).toFixed(2)} (${bar})`,
  )

console.log(`${''.padEnd(44)} ${'broker'.padStart(10)} ${'bare ws'.padStart(10)}`)
for (const subject of [plainTopics, roomsOnDisk])
  for (const { name, measured, baseline, bar } of await measureAllFanouts(subject))
    print(name, measured / 1000, baseline / 1000, 'k/s', `at least ${bar}`)

const [bare, broker] = await Promise.all([startServer('bare-server.ts'), startServer('broker-server.ts')])
for (const load of [
  { subscribers: 10, rate: 100, seconds: 2 },
  { subscribers: 100, rate: 50, seconds: 2 },
  { subscribers: 500, rate: 10, seconds: 3 },
]) {
  const { measured, baseline } = await middleRound(3, async () => ({
    baseline: await measureLatency(bare.port, load),
    measured: await measureLatency(broker.port, load),
  }))
  const name = `${load.subscribers} subscribers, ${load.rate} messages/s`
  print(`latency p99, ${name}`, measured, baseline, 'ms', load.subscribers === 500 ? 'at most 1.3' : 'no bar')
}
bare.stop()
broker.stop()

/** Servers of its own, for their memory before the storm. */
const storm = async (script: string): Promise<{ milliseconds: number; kibibytesEach: number }> => {
  const server = await startServer(script)
  const { milliseconds, bytesEach } = await measureStorm(server.port, 1_000, server.memory)
  server.stop()
  return { milliseconds, kibibytesEach: bytesEach / 1024 }
}
const held: { measured: number; baseline: number }[] = []
const opened = await middleRound(3, async () => {
  const baseline = await storm('bare-server.ts')
  const measured = await storm('broker-server.ts')
  held.push({ measured: measured.kibibytesEach, baseline: baseline.kibibytesEach })
  return { measured: measured.milliseconds, baseline: baseline.milliseconds }
})
print('1000 connections', opened.measured, opened.baseline, 'ms', 'at most 1.5')
for (const { measured, baseline } of held)
  print('memory of a connection', measured, baseline, 'KiB', 'at most 30 KiB')

const { idle, flatOut, deliveries } = await measureRoundTrip()
console.log(
  `window to main thread and back, p95: ${flatOut.toFixed(1)} ms (at most 10 ms) while the host on its thread makes ${(deliveries / 1000).toFixed(0)}k deliveries/s; ${idle.toFixed(1)} ms while it is idle`,
)

/** The broker alone against a bare `ws` server, both as processes of their own, under one load client: `npm run bench:broker`. */
import { measureAllFanouts } from './fanout.ts'
import { measureLatency, measureStorm } from './broker/load.ts'
import { startServer } from './broker/server-process.ts'

const print = (name: string, measured: number, baseline: number, unit: string, bar: string): void =>
  console.log(
    `${name.padEnd(44)} ${measured.toFixed(1).padStart(10)} ${baseline.toFixed(1).padStart(10)} ${unit.padEnd(8)} ratio ${(measured / baseline).toFixed(2)} (${bar})`,
  )

console.log(`${''.padEnd(44)} ${'broker'.padStart(10)} ${'bare ws'.padStart(10)}`)
for (const { name, measured, baseline, bar } of await measureAllFanouts())
  print(`fan-out, topics × subscribers ${name}`, measured / 1000, baseline / 1000, 'k/s', `at least ${bar}`)

for (const load of [
  { subscribers: 10, rate: 100, seconds: 3 },
  { subscribers: 100, rate: 50, seconds: 3 },
  { subscribers: 500, rate: 10, seconds: 5 },
]) {
  const [bare, broker] = await Promise.all([startServer('bare-server.ts'), startServer('broker-server.ts')])
  const baseline = await measureLatency(bare.port, load)
  const measured = await measureLatency(broker.port, load)
  bare.stop()
  broker.stop()
  const name = `${load.subscribers} subscribers, ${load.rate} messages/s`
  print(`latency p50, ${name}`, measured.p50, baseline.p50, 'ms', 'no bar')
  print(`latency p99, ${name}`, measured.p99, baseline.p99, 'ms', 'at most 1.3 at 500')
}

const connections = 1_000
const [bare, broker] = await Promise.all([startServer('bare-server.ts'), startServer('broker-server.ts')])
const baseline = await measureStorm(bare.port, connections, bare.memory)
const measured = await measureStorm(broker.port, connections, broker.memory)
bare.stop()
broker.stop()
print(`${connections} connections`, measured.milliseconds, baseline.milliseconds, 'ms', 'at most 1.5')
print('memory of a connection', measured.bytesEach / 1024, baseline.bytesEach / 1024, 'KiB', 'at most 30 KiB')

/**
 * Compares the host with other servers, each in its own process, under one load client: `npm run bench:broker`. With
 * `--install` it first installs uWebSockets and Bun; without them it compares with the bare server only.
 */
import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { fanoutLoads, measureFanouts, nameOf, unlimited, type Contender, type FanoutLoad } from './fanout.ts'
import { measureLatency } from './broker/latency.ts'
import { measureFanout, measureStorm, type FanoutFigures, type StormFigures } from './broker/load.ts'
import { findPeers, installPeers } from './broker/peers.ts'
import { fillHistory, measureResumeStorm } from './broker/resume-storm.ts'
import { atLeast, atMost, noMoreThan, Rows, type Bar } from './broker/rows.ts'
import { startHost, startServer, type ServerProcess } from './broker/server-process.ts'
import { measureFanoutBesideSlow } from './broker/slow-peers.ts'
import { plainTalk, roomTalk } from './broker/talk.ts'
import { measureRoundTrip } from './round-trip.ts'
import { alternate } from './rounds.ts'

const { values } = parseArgs({ options: { install: { type: 'boolean', default: false } } })
if (values.install) installPeers()

const rounds = 5
const bareName = 'a bare ws server'
/** An in-memory file system, on Linux. */
const memoryFolder = '/dev/shm'

const rows = new Rows()
const startBare = (...args: string[]): Promise<ServerProcess> => startServer('bare-server.ts', { args })
const startSubject = (): Promise<ServerProcess> => startHost(unlimited)
const stopAll = (servers: readonly ServerProcess[]): void => {
  for (const server of servers) server.stop()
}

/** Prints the host's deliveries in relation to those of another server. */
const printFanout = (
  name: string,
  against: string,
  [host, other]: readonly [FanoutFigures[], FanoutFigures[]],
  bar?: Bar,
): void => {
  const thousands = (figures: FanoutFigures[]): number[] => figures.map(({ perSecond }) => perSecond / 1000)
  const byCpu = (figures: FanoutFigures[]): number[] => figures.map(({ perCpuSecond }) => perCpuSecond)
  const cpu = { measured: byCpu(host), baseline: byCpu(other) }
  rows.print({ name, against, measured: thousands(host), baseline: thousands(other), unit: 'k/s', cpu, bar })
}

/** Runs the host and the others under every load. @param barOf the ratio that the host should reach. */
const benchLoads = async (
  what: string,
  host: Contender,
  others: Readonly<Record<string, Contender>>,
  barOf: (against: string, load: FanoutLoad) => Bar | undefined,
): Promise<void> => {
  for (const load of fanoutLoads) {
    const { host: measured, ...baselines } = await measureFanouts({ ...others, host }, load, { rounds })
    for (const [against, baseline] of Object.entries<FanoutFigures[]>(baselines))
      printFanout(
        `${what}, topics × subscribers: ${nameOf(load)}`,
        against,
        [measured, baseline],
        barOf(against, load),
      )
  }
}

/** Plain topics without a history. */
const benchTopics = async (): Promise<void> => {
  const host = await startSubject()
  const others: Record<string, Contender> = { [bareName]: { server: await startBare(), talk: plainTalk } }
  for (const peer of findPeers()) {
    if ('leftOut' in peer) console.log(`${peer.name} ${peer.leftOut}`)
    else others[peer.name] = { server: await peer.start(), talk: plainTalk }
  }
  await benchLoads('fan-out', { server: host, talk: plainTalk }, others, (against, { bar }) =>
    against === bareName ? atLeast(bar) : undefined,
  )
  stopAll([host, ...Object.values(others).map(({ server }) => server)])
}

/**
 * Every message is stamped and on disk before it is broadcast. The same host on an in-memory file system, where a
 * commit does not wait, shows the cost of the disk.
 */
const benchRooms = async (): Promise<void> => {
  const host = await startSubject()
  const others: Record<string, Contender> = { [bareName]: { server: await startBare(), talk: plainTalk } }
  if (existsSync(memoryFolder))
    others['itself without a disk'] = { server: await startHost(unlimited, memoryFolder), talk: roomTalk }
  const topics = Math.max(...fanoutLoads.map(load => load.topics))
  for (const { server, talk } of [{ server: host, talk: roomTalk }, ...Object.values(others)])
    await talk.prepare(server.port, topics)
  await benchLoads('rooms on disk', { server: host, talk: roomTalk }, others, (against, { bar }) =>
    against === bareName ? atLeast(bar / 2) : undefined,
  )
  stopAll([host, ...Object.values(others).map(({ server }) => server)])
}

/** A fifth of the subscribers reads too slowly: how much do the others still get? */
const benchSlowPeers = async (): Promise<void> => {
  const [bare, host] = await Promise.all([startBare(), startSubject()])
  const load = { fast: 80, slow: 20, seconds: 5 }
  const { alone, measured, baseline } = await alternate(3, {
    alone: () => measureFanout(host, { subscribers: load.fast, topics: 1, seconds: load.seconds }),
    measured: () => measureFanoutBesideSlow(host, load),
    baseline: () => measureFanoutBesideSlow(bare, load),
  })
  const name = `fan-out to ${load.fast} beside ${load.slow} slow peers`
  printFanout(name, 'itself without them', [measured, alone], atLeast(0.5))
  printFanout(name, bareName, [measured, baseline], atLeast(0.5))
  stopAll([bare, host])
}

const benchLatency = async (): Promise<void> => {
  const [bare, host] = await Promise.all([startBare(), startSubject()])
  await roomTalk.prepare(host.port, 1)
  const most = { subscribers: 500, rate: 10, seconds: 10 }
  for (const { what, talk, bar, ...load } of [
    { what: 'latency', talk: plainTalk, subscribers: 10, rate: 100, seconds: 2, bar: undefined },
    { what: 'latency', talk: plainTalk, subscribers: 100, rate: 50, seconds: 2, bar: undefined },
    { what: 'latency', talk: plainTalk, ...most, bar: atMost(1.3) },
    { what: 'rooms on disk', talk: roomTalk, ...most, bar: atMost(1.5) },
  ]) {
    const { pairs } = await alternate(3, {
      pairs: () =>
        measureLatency(
          { measured: { port: host.port, talk }, baseline: { port: bare.port, talk: plainTalk } },
          load,
        ),
    })
    for (const percentile of ['p50', 'p99'] as const)
      rows.print({
        name: `${what} ${percentile}, ${load.subscribers} subscribers, ${load.rate}/s`,
        against: bareName,
        measured: pairs.map(({ measured }) => measured[percentile]),
        baseline: pairs.map(({ baseline }) => baseline[percentile]),
        unit: 'ms',
        bar: percentile === 'p99' ? bar : undefined,
      })
  }
  stopAll([bare, host])
}

/** Prints the duration of a storm for the host, in relation to the bare server. */
const printStorm = (
  name: string,
  against: string,
  [host, other]: readonly [StormFigures[], StormFigures[]],
  bar?: Bar,
): void => {
  const byClock = (figures: StormFigures[]): number[] => figures.map(figure => figure.byClock)
  const byCpu = (figures: StormFigures[]): number[] => figures.map(figure => figure.byCpu)
  const cpu = { measured: byCpu(host), baseline: byCpu(other) }
  rows.print({ name, against, measured: byClock(host), baseline: byClock(other), unit: 'ms', cpu, bar })
}

/** All connections drop and reconnect, each time to a fresh server, whose initial memory is known. */
const benchConnections = async (): Promise<void> => {
  const count = 1_000
  const storm = async (start: () => Promise<ServerProcess>): ReturnType<typeof measureStorm> => {
    const server = await start()
    const result = await measureStorm(server, count)
    server.stop()
    return result
  }
  const { measured, baseline } = await alternate(rounds, {
    baseline: () => storm(startBare),
    measured: () => storm(startSubject),
  })
  printStorm(`${count} connections`, bareName, [measured, baseline], atMost(1.5))
  rows.print({
    name: 'memory of a connection',
    against: bareName,
    measured: measured.map(({ bytesEach }) => bytesEach / 1000),
    baseline: baseline.map(({ bytesEach }) => bytesEach / 1000),
    unit: 'kB',
    bar: noMoreThan(30, 'kB'),
  })
}

/** Many people reconnect at once and resume, compared with the same bytes from the bare server's memory. */
const benchResume = async (): Promise<void> => {
  const [bare, host] = await Promise.all([startBare('--history'), startSubject()])
  await roomTalk.prepare(host.port, 1)
  const load = { history: 1_000, people: 1_000, missed: 100 }
  await fillHistory(bare.port, plainTalk, load.history)
  await fillHistory(host.port, roomTalk, load.history)
  const { measured, baseline } = await alternate(rounds, {
    baseline: () => measureResumeStorm(bare, plainTalk, load),
    measured: () => measureResumeStorm(host, roomTalk, load),
  })
  const name = `${load.people} people resume, ${load.missed} messages missed`
  printStorm(name, 'the bytes from memory', [measured, baseline])
  stopAll([bare, host])
}

const benchRoundTrip = async (): Promise<void> => {
  const { idle, flatOut, deliveries } = await measureRoundTrip()
  console.log(
    `window to main thread and back, p95: ${flatOut.toFixed(1)} ms (at most 10 ms) while the host on its thread makes ${(deliveries / 1000).toFixed(0)}k deliveries/s; ${idle.toFixed(1)} ms while it is idle`,
  )
  if (flatOut > 10) rows.missed.push('window to main thread and back')
}

for (const bench of [
  benchTopics,
  benchRooms,
  benchSlowPeers,
  benchLatency,
  benchConnections,
  benchResume,
  benchRoundTrip,
])
  await bench()

console.log(rows.missed.length === 0 ? 'All bars are met.' : `Below their bar: ${rows.missed.join('; ')}.`)
process.exitCode = rows.missed.length === 0 ? 0 : 1

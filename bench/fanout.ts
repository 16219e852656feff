/** Fan-out of the broker against a bare `ws` server under the same load, one after the other. */
import { measureFanout } from './broker/load.ts'
import { startHost, startServer, type ServerProcess } from './broker/server-process.ts'
import { plainTalk, roomTalk, type Talk } from './broker/talk.ts'

const loads = [
  { subscribers: 10, topics: 1, bar: 0.3 },
  { subscribers: 100, topics: 1, bar: 0.3 },
  { subscribers: 500, topics: 1, bar: 0.5 },
  { subscribers: 1000, topics: 100, bar: 0.5 },
]

/** What is measured against the bare server. */
export interface Subject {
  name: string
  start: () => Promise<ServerProcess>
  talk: Talk
  /** What part of the bars it has to reach. */
  share: number
}
export const plainTopics: Subject = {
  name: 'fan-out',
  start: () => startServer('broker-server.ts'),
  talk: plainTalk,
  share: 1,
}
/** Every message is stamped and on disk before it goes out. */
export const roomsOnDisk: Subject = {
  name: 'rooms on disk',
  start: () => startHost(['--send-rate', '0', '--max-connections', '0']),
  talk: roomTalk,
  share: 0.5,
}

/** What one load came to: deliveries a second, and the least that `measured / baseline` should be. */
export interface FanoutResult {
  name: string
  measured: number
  baseline: number
  bar: number
}

/** @returns what both came to in the round whose ratio is the middle one: a round that something disturbed does not count. */
export const middleRound = async (
  rounds: number,
  measure: () => Promise<{ measured: number; baseline: number }>,
): Promise<{ measured: number; baseline: number }> => {
  const results: { measured: number; baseline: number }[] = []
  for (let round = 0; round < rounds; round++) results.push(await measure())
  results.sort((a, b) => a.measured / a.baseline - b.measured / b.baseline)
  return results[rounds >> 1] ?? { measured: NaN, baseline: NaN }
}

/** @param seconds how long each run is measured; @param rounds how often both take turns. */
export const measureAllFanouts = async (
  { name: subject, start, talk, share }: Subject,
  seconds = 1,
  rounds = 3,
): Promise<FanoutResult[]> => {
  const [bare, server] = await Promise.all([startServer('bare-server.ts'), start()])
  await talk.prepare(server.port, Math.max(...loads.map(({ topics }) => topics)))
  const results: FanoutResult[] = []
  for (const { bar, ...load } of loads) {
    const name = `${subject}, topics × subscribers: ${load.topics} × ${load.subscribers / load.topics}`
    const result = await middleRound(rounds, async () => ({
      baseline: await measureFanout(bare.port, { ...load, seconds }),
      measured: await measureFanout(server.port, { ...load, seconds, talk }),
    }))
    results.push({ name, ...result, bar: bar * share })
  }
  bare.stop()
  server.stop()
  return results
}

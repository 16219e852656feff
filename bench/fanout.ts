/** Fan-out of the host against a bare `ws` server under the same load, one after the other. */
import { measureFanout } from './broker/load.ts'
import { startHost, startServer } from './broker/server-process.ts'
import { plainTalk, roomTalk, type Talk } from './broker/talk.ts'

/** What holds back one who floods the host, and more people than a room has. */
export const unlimited: readonly string[] = ['--send-rate', '0', '--max-connections', '0']

const loads = [
  { subscribers: 10, topics: 1, bar: 0.3 },
  { subscribers: 100, topics: 1, bar: 0.3 },
  { subscribers: 500, topics: 1, bar: 0.5 },
  { subscribers: 1000, topics: 100, bar: 0.5 },
]

/** What is measured against the bare server. */
export interface Subject {
  name: string
  talk: Talk
  /** What part of the bars it has to reach. */
  share: number
}
export const plainTopics: Subject = {
  name: 'fan-out',
  talk: plainTalk,
  share: 1,
}
/** Every message is stamped and on disk before it goes out. */
export const roomsOnDisk: Subject = {
  name: 'rooms on disk',
  talk: roomTalk,
  share: 0.5,
}

/** What one load came to: deliveries a second, and the least that `measured / baseline` should be. */
export interface FanoutResult extends Measured {
  name: string
  bar: number
}

/** What both came to. */
export interface Measured {
  measured: number
  baseline: number
}

/** @returns the round whose ratio is the middle one: one that something disturbed does not count. */
export const middleRound = async <Round extends Measured>(
  rounds: number,
  measure: () => Promise<Round>,
): Promise<Round> => {
  const results = [await measure()]
  while (results.length < rounds) results.push(await measure())
  results.sort((a, b) => a.measured / a.baseline - b.measured / b.baseline)
  const middle = results[results.length >> 1]
  if (!middle) throw new RangeError('there is no round')
  return middle
}

/** @param seconds how long each run is measured; @param rounds how often both take turns. */
export const measureAllFanouts = async (
  { name: subject, talk, share }: Subject,
  seconds = 1,
  rounds = 3,
): Promise<FanoutResult[]> => {
  const [bare, server] = await Promise.all([startServer('bare-server.ts'), startHost(unlimited)])
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

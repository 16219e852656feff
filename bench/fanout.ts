/** Fan-out of the broker against a bare `ws` server under the same load, one after the other. */
import { measureFanout } from './broker/load.ts'
import { startServer } from './broker/server-process.ts'

const loads = [
  { subscribers: 10, topics: 1, bar: 0.3 },
  { subscribers: 100, topics: 1, bar: 0.3 },
  { subscribers: 500, topics: 1, bar: 0.5 },
  { subscribers: 1000, topics: 100, bar: 0.5 },
]

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
export const measureAllFanouts = async (seconds = 1, rounds = 3): Promise<FanoutResult[]> => {
  const [bare, broker] = await Promise.all([startServer('bare-server.ts'), startServer('broker-server.ts')])
  const results: FanoutResult[] = []
  for (const { bar, ...load } of loads) {
    const name = `${load.topics} × ${load.subscribers / load.topics}`
    const result = await middleRound(rounds, async () => ({
      baseline: await measureFanout(bare.port, { ...load, seconds }),
      measured: await measureFanout(broker.port, { ...load, seconds }),
    }))
    results.push({ name, ...result, bar })
  }
  bare.stop()
  broker.stop()
  return results
}

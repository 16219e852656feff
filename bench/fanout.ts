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

/** @param seconds how long each of the eight runs is measured. */
export const measureAllFanouts = async (seconds = 2): Promise<FanoutResult[]> => {
  const [bare, broker] = await Promise.all([startServer('bare-server.ts'), startServer('broker-server.ts')])
  const results: FanoutResult[] = []
  for (const { bar, ...load } of loads) {
    const baseline = await measureFanout(bare.port, { ...load, seconds })
    const measured = await measureFanout(broker.port, { ...load, seconds })
    results.push({ name: `${load.topics} × ${load.subscribers / load.topics}`, measured, baseline, bar })
  }
  bare.stop()
  broker.stop()
  return results
}

/** `npm run bench`, or `npm run bench -- cache` for some of them. */
import { benchCache } from './cache.ts'
import { measureAllFanouts, plainTopics } from './fanout.ts'
import { report, type Comparison } from './harness.ts'
import { benchIpc } from './ipc.ts'
import { benchWindow } from './window.ts'

const perSecond = (count: number): string => `${Math.round(count / 1000)}k/s`

const benchFanout = async (): Promise<Comparison[]> =>
  (await measureAllFanouts(plainTopics)).map(({ name, measured, baseline, bar }) => ({
    name,
    baseline: `bare ws: ${perSecond(baseline)}`,
    candidate: `broker: ${perSecond(measured)}`,
    ratio: measured / baseline,
    bar,
  }))

const benches: Record<string, () => Promise<Comparison[]>> = {
  cache: benchCache,
  ipc: benchIpc,
  fanout: benchFanout,
  window: benchWindow,
}

const wanted = process.argv.slice(2)
const unknown = wanted.filter(name => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}

const comparisons: Comparison[] = []
for (const [name, bench] of Object.entries(benches)) {
  if (wanted.length === 0 || wanted.includes(name)) comparisons.push(...(await bench()))
}
process.exitCode = report(comparisons) ? 0 : 1

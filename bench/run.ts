/**
 * `npm run bench`, or `npm run bench -- cache` for some benches; `npm run bench -- sync --against DIR` compares the
 * builds of two checkouts.
 */
import { parseArgs } from 'node:util'
import { ensureBuild } from '../scripts/setup.mjs'
import { benchCache } from './cache.ts'
import { fanoutLoads, measureFanouts, nameOf, unlimited } from './fanout.ts'
import type { FanoutFigures } from './broker/load.ts'
import { startHost, startServer } from './broker/server-process.ts'
import { plainTalk } from './broker/talk.ts'
import { report, type Comparison } from './harness.ts'
import { benchIpc } from './ipc.ts'
import { median, ratioOf } from './rounds.ts'
import { benchSync } from './sync.ts'
import { benchWindow } from './window.ts'

const perSecond = (figures: FanoutFigures[]): number[] => figures.map(figure => figure.perSecond)
const showRate = (rates: number[]): string => `${Math.round(median(rates) / 1000)}k/s`

const benchFanout = async (): Promise<Comparison[]> => {
  const [host, bare] = await Promise.all([startHost(unlimited), startServer('bare-server.ts')])
  const comparisons: Comparison[] = []
  for (const load of fanoutLoads) {
    const figures = await measureFanouts(
      { host: { server: host, talk: plainTalk }, bare: { server: bare, talk: plainTalk } },
      load,
    )
    const [candidate, baseline] = [perSecond(figures.host), perSecond(figures.bare)]
    const { median: ratio, ...spread } = ratioOf(candidate, baseline)
    comparisons.push({
      name: `fan-out, topics × subscribers: ${nameOf(load)}`,
      baseline: `bare ws: ${showRate(baseline)}`,
      candidate: `broker: ${showRate(candidate)}`,
      ratio,
      spread,
      bar: load.bar,
    })
  }
  host.stop()
  bare.stop()
  return comparisons
}

const { values, positionals: wanted } = parseArgs({
  allowPositionals: true,
  options: { against: { type: 'string' } },
})

const benches: Record<string, () => Promise<Comparison[]>> = {
  cache: benchCache,
  ipc: benchIpc,
  fanout: benchFanout,
  window: benchWindow,
  sync: () => benchSync(values.against ?? null),
}
/** Benches of the built app. */
const ofTheBuild = ['window', 'sync']

const unknown = wanted.filter(name => !(name in benches))
if (unknown.length > 0) {
  console.error(`There is no bench ${unknown.join(', ')}. There are: ${Object.keys(benches).join(', ')}`)
  process.exit(2)
}
const chosen = Object.keys(benches).filter(name => wanted.length === 0 || wanted.includes(name))
if (chosen.some(name => ofTheBuild.includes(name))) ensureBuild()

const comparisons: Comparison[] = []
for (const name of chosen) comparisons.push(...((await benches[name]?.()) ?? []))
process.exitCode = report(comparisons) ? 0 : 1

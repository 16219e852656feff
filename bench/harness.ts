/** Comparisons in one process: ratios hold on any machine, absolute times only on the one that took them. */
import { alternate, median, ratioOf, type Ratio } from './rounds.ts'

/** One of two ways to do the same. */
export interface Side {
  label: string
  /** Makes ready for one round; its time is not counted. */
  prepare?: () => unknown
  run: () => unknown
}

export interface Contest {
  name: string
  baseline: Side
  candidate: Side
  /** How fast the candidate has to be at least, as a multiple of the baseline's speed. */
  bar?: number
  /** Rounds that count; each side runs once a round, and they take turns in going first. */
  rounds?: number
}

/** What a contest came to. */
export interface Comparison {
  name: string
  /** The figure of each side with its unit. */
  baseline: string
  candidate: string
  /** Speed of the candidate as a multiple of the baseline's. */
  ratio: number
  /** The ratio of the worst and of the best round, where there were several. */
  spread?: Pick<Ratio, 'least' | 'most'>
  bar?: number
}

/** How long one side took in each round, in milliseconds. */
export interface Timing {
  label: string
  times: readonly number[]
}

/** @returns the comparison of sides that took turns. */
export const compareTimes = (name: string, baseline: Timing, candidate: Timing, bar?: number): Comparison => {
  const { median: ratio, ...spread } = ratioOf(baseline.times, candidate.times)
  const show = ({ label, times }: Timing): string => `${label}: ${median(times).toFixed(1)} ms`
  return {
    name,
    baseline: show(baseline),
    candidate: show(candidate),
    ratio,
    spread,
    ...(bar !== undefined && { bar }),
  }
}

const time = async ({ prepare, run }: Side): Promise<number> => {
  await prepare?.()
  const started = performance.now()
  await run()
  return performance.now() - started
}

/** Runs both sides in alternating rounds, after one that does not count. */
export const compare = async ({
  name,
  baseline,
  candidate,
  bar,
  rounds = 7,
}: Contest): Promise<Comparison> => {
  const times = await alternate(rounds + 1, {
    baseline: () => time(baseline),
    candidate: () => time(candidate),
  })
  const timingOf = ({ label }: Side, taken: number[]): Timing => ({ label, times: taken.slice(1) })
  return compareTimes(name, timingOf(baseline, times.baseline), timingOf(candidate, times.candidate), bar)
}

const met = ({ ratio, bar }: Comparison): boolean => bar === undefined || ratio >= bar

/** Prints one table. @returns whether every bar is met. */
export const report = (comparisons: Comparison[]): boolean => {
  console.table(
    comparisons.map(({ name, baseline, candidate, ratio, spread, bar }) => ({
      what: name,
      baseline,
      candidate,
      ratio: Number(ratio.toPrecision(3)),
      spread: spread ? `${spread.least.toPrecision(3)}–${spread.most.toPrecision(3)}` : '',
      bar: bar ?? '',
    })),
  )
  for (const { name, ratio, bar } of comparisons.filter(comparison => !met(comparison))) {
    console.error(`${name}: ${ratio.toFixed(2)} is below the bar of ${bar ?? 0}`)
  }
  return comparisons.every(met)
}

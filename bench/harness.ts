/**
 * Comparisons within one process: ratios are valid on any machine, absolute times only on the machine that measured
 * them.
 */
import { alternate, median, ratioOf, type Ratio } from './rounds.ts'

/** One of two ways to do the same thing. */
export interface Side {
  label: string
  /** Prepares one round; its time does not count. */
  prepare?: () => unknown
  run: () => unknown
}

export interface Contest {
  name: string
  baseline: Side
  candidate: Side
  /** The least speed of the candidate, as a multiple of the baseline's. */
  bar?: number
  /** The number of counted rounds; each side runs once a round, and the order alternates. */
  rounds?: number
}

/** The result of a contest. */
export interface Comparison {
  name: string
  /** The figure of each side, with its unit. */
  baseline: string
  candidate: string
  /** Speed of the candidate as a multiple of the baseline's. */
  ratio: number
  /** The ratio of the worst and of the best round, if there were several. */
  spread?: Pick<Ratio, 'least' | 'most'>
  bar?: number
}

/** How long one side took in each round, in milliseconds. */
export interface Timing {
  label: string
  times: readonly number[]
}

/** @returns the comparison of sides that have alternated. */
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

/** Runs both sides in alternating rounds, after an uncounted one. */
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

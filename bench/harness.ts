/** Comparisons in one process: ratios hold on any machine, absolute times only on the one that took them. */

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
  bar?: number
}

const median = (times: number[]): number => {
  const sorted = times.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
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
  const times: { baseline: number[]; candidate: number[] } = { baseline: [], candidate: [] }
  for (let round = 0; round <= rounds; round++) {
    const order =
      round % 2 === 0 ? (['baseline', 'candidate'] as const) : (['candidate', 'baseline'] as const)
    for (const side of order) {
      const taken = await time(side === 'baseline' ? baseline : candidate)
      if (round > 0) times[side].push(taken)
    }
  }
  const [before, after] = [median(times.baseline), median(times.candidate)]
  return {
    name,
    baseline: `${baseline.label}: ${before.toFixed(1)} ms`,
    candidate: `${candidate.label}: ${after.toFixed(1)} ms`,
    ratio: before / after,
    ...(bar !== undefined && { bar }),
  }
}

const met = ({ ratio, bar }: Comparison): boolean => bar === undefined || ratio >= bar

/** Prints one table. @returns whether every bar is met. */
export const report = (comparisons: Comparison[]): boolean => {
  console.table(
    comparisons.map(({ name, baseline, candidate, ratio, bar }) => ({
      what: name,
      baseline,
      candidate,
      ratio: Number(ratio.toPrecision(3)),
      bar: bar ?? '',
    })),
  )
  for (const { name, ratio, bar } of comparisons.filter(comparison => !met(comparison))) {
    console.error(`${name}: ${ratio.toFixed(2)} is below the bar of ${bar ?? 0}`)
  }
  return comparisons.every(met)
}

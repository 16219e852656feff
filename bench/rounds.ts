/** Sides that alternate: disturbances of the machine affect all of them, and one disturbed round does not count. */

/** @returns the median; NaN without values. */
export const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b)
  const middle = sorted.length / 2
  return ((sorted[Math.ceil(middle) - 1] ?? NaN) + (sorted[Math.floor(middle)] ?? NaN)) / 2
}

/**
 * Measures every side once a round; the order is reversed in every other round.
 * @returns the figures of each side, one a round.
 */
export const alternate = async <Name extends string, Figures>(
  rounds: number,
  sides: Readonly<Record<Name, () => Promise<Figures>>>,
): Promise<Record<Name, Figures[]>> => {
  const names = Object.keys(sides) as Name[]
  const figures = Object.fromEntries(names.map((name): [Name, Figures[]] => [name, []])) as Record<
    Name,
    Figures[]
  >
  for (let round = 0; round < rounds; round++)
    for (const name of round % 2 === 0 ? names : names.toReversed()) figures[name].push(await sides[name]())
  return figures
}

/** A ratio over all rounds. */
export interface Ratio {
  median: number
  least: number
  most: number
}

/** @param measured one figure a round. @param baseline figures of the same rounds. */
export const ratioOf = (measured: readonly number[], baseline: readonly number[]): Ratio => {
  const ratios = measured.map((figure, round) => figure / (baseline[round] ?? NaN))
  return { median: median(ratios), least: Math.min(...ratios), most: Math.max(...ratios) }
}

/** @returns the ratio with its spread, such as `0.52 (0.49–0.56)`. */
export const showRatio = ({ median, least, most }: Ratio): string => {
  const [middle, low, high] = [median, least, most].map(ratio => ratio.toPrecision(3))
  return `${middle} (${low}–${high})`
}

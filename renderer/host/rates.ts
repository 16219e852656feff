/** Computes rates from the counters of the box. Pure functions. */
import type { HostMeasure } from '../../shared/contract/host-measure.ts'

/** Milliseconds shown on the box page. */
export const lookBack = 60_000

/** The average per second since the previous measure; `ago` is in milliseconds before the newest measure. */
export interface Rate {
  ago: number
  perSecond: number
}

/** @returns the measures of the last minute, oldest first; only `newest` after a restart of the box. */
export const withMeasure = (
  measures: readonly HostMeasure[],
  newest: HostMeasure,
): readonly HostMeasure[] => {
  const last = measures.at(-1)
  if (last && newest.at <= last.at) return [newest]
  return [...measures.filter(({ at }) => newest.at - at <= lookBack), newest]
}

/** @param measures oldest first. @returns one rate for each measure except the first. */
export const ratesOf = (
  measures: readonly HostMeasure[],
  count: (measure: HostMeasure) => number,
): readonly Rate[] => {
  const newest = measures.at(-1)
  if (!newest) return []
  return measures.slice(1).map((measure, index) => {
    const before = measures[index] ?? measure
    const seconds = (measure.at - before.at) / 1_000
    return { ago: newest.at - measure.at, perSecond: (count(measure) - count(before)) / seconds }
  })
}

/** @returns the upper end of a scale for `most`: an even digit, or ten, times a power of ten, so that its half is a whole number. */
export const scaleEnd = (most: number): number => {
  const power = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, most))))
  return [2, 4, 6, 8, 10].map(times => times * power).find(end => end >= most) ?? 20 * power
}

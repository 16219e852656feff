/** Units of a duration, as keys of the `host` texts. */
type Unit = 'days' | 'hours' | 'minutes'

const minute = 60_000

/**
 * @param duration milliseconds; negative values (the clock was set back) count as zero.
 * @returns its two largest units; the second only if it is not zero.
 */
export const uptimeOf = (duration: number): { unit: Unit; count: number }[] => {
  const minutes = Math.max(0, Math.floor(duration / minute))
  const all: { unit: Unit; count: number }[] = [
    { unit: 'days', count: Math.floor(minutes / 1440) },
    { unit: 'hours', count: Math.floor(minutes / 60) % 24 },
    { unit: 'minutes', count: minutes % 60 },
  ]
  const largest = all.findIndex(part => part.count > 0)
  return largest < 0
    ? all.slice(-1)
    : all.slice(largest, largest + 2).filter((part, index) => index === 0 || part.count > 0)
}

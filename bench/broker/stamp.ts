/** Send times inside message bodies. */
const mark = '~T~'
const digits = 16

/** @returns microseconds of a monotonic clock. */
export const microseconds = (): number => Number(process.hrtime.bigint() / 1000n)

/** @returns a body of `length` characters that begins with the present time. */
export const stampedBody = (length: number): string =>
  (mark + String(microseconds()).padStart(digits, '0')).padEnd(length, 'x')

/** @returns the times in the received bytes, except for one that is split between two reads. */
export const stampsIn = (bytes: Buffer): number[] => {
  const stamps: number[] = []
  for (let at = bytes.indexOf(mark); at >= 0; at = bytes.indexOf(mark, at + 1)) {
    const end = at + mark.length + digits
    if (end <= bytes.length) stamps.push(Number(bytes.toString('latin1', at + mark.length, end)))
  }
  return stamps
}

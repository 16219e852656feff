/** The header Range of a request (RFC 9110, 14.2). */

/** The first and the last byte, both included. */
export interface ByteRange {
  first: number
  last: number
}

/**
 * @param header such as `bytes=0-99`, `bytes=100-` or `bytes=-100`.
 * @param size bytes of the file.
 * @returns the range; null for the whole file, also for several ranges and other units, which a server may ignore;
 *   `unsatisfiable` for a range without a byte of the file.
 */
export const rangeOf = (header: string | undefined, size: number): ByteRange | null | 'unsatisfiable' => {
  const [, from = '', to = ''] = /^bytes=(\d{0,15})-(\d{0,15})$/.exec(header ?? '') ?? []
  if (from === '' && to === '') return null
  if (from === '') {
    const count = Math.min(Number(to), size)
    return count === 0 ? 'unsatisfiable' : { first: size - count, last: size - 1 }
  }
  const first = Number(from)
  const last = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < first) return null
  return first >= size ? 'unsatisfiable' : { first, last }
}

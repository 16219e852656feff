const units = ['B', 'kB', 'MB', 'GB'] as const

/** @returns a readable size such as `38 MB`; units are powers of 1,000. */
export const byteSize = (locale: string, bytes: number): string => {
  const unit = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
  const size = bytes / 1000 ** unit
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: unit > 0 && size < 10 ? 1 : 0 })
  return `${format.format(size)} ${units[unit] ?? ''}`
}

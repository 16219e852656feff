import { useTranslation } from 'react-i18next'

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** @returns a function that writes a number of bytes in the window's language, such as `1.2 MB`. */
export const useSize = (): ((bytes: number) => string) => {
  const { i18n } = useTranslation()
  return bytes => {
    const power = Math.min(units.length - 1, Math.floor(Math.log10(Math.max(1, bytes)) / 3))
    const format = new Intl.NumberFormat(i18n.language, {
      style: 'unit',
      unit: units[power],
      unitDisplay: 'short',
      maximumFractionDigits: power > 1 ? 1 : 0,
    })
    return format.format(bytes / 1000 ** power)
  }
}

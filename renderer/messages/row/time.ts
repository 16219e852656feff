/** Times and days as a person reads them. All times are milliseconds since the epoch, shown in the local zone. */
import { dayKey } from './rows.ts'

/** In every time zone there is, a day begins at a quarter of an hour of UTC: how often to ask which day it is, in ms. */
export const dayTick = 15 * 60_000

const formats = new Map<string, Intl.DateTimeFormat>()

const format = (locale: string, options: Intl.DateTimeFormatOptions, at: number): string => {
  // The day stands before the month in our English; Korean has its own order anyway.
  const tag = locale.startsWith('en') ? 'en-GB' : locale
  const key = tag + JSON.stringify(options)
  const known = formats.get(key) ?? new Intl.DateTimeFormat(tag, options)
  formats.set(key, known)
  return known.format(at)
}

/** @returns `14:16`. */
export const clockTime = (locale: string, at: number): string =>
  format(locale, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }, at)

/** @returns date and time in full, for who wants to know exactly. */
export const fullTime = (locale: string, at: number): string =>
  format(locale, { dateStyle: 'full', timeStyle: 'medium', hourCycle: 'h23' }, at)

/** @returns which of the two days with a name of their own `at` is in, seen from `now`. */
export const nearDay = (at: number, now: number): 'today' | 'yesterday' | null => {
  const yesterday = new Date(now)
  yesterday.setDate(yesterday.getDate() - 1)
  if (dayKey(at) === dayKey(now)) return 'today'
  return dayKey(at) === dayKey(yesterday.getTime()) ? 'yesterday' : null
}

const isSameYear = (a: number, b: number): boolean => new Date(a).getFullYear() === new Date(b).getFullYear()

/** @returns `Thursday 11 September`, with the year where it is not this one. */
export const longDay = (locale: string, at: number, now: number): string =>
  format(
    locale,
    {
      weekday: 'long',
      day: 'numeric',
      month: 'long',
      ...(!isSameYear(at, now) && { year: 'numeric' }),
    },
    at,
  )

/** @returns `11 September`, with the year where it is not this one. */
export const shortDay = (locale: string, at: number, now: number): string =>
  format(locale, { day: 'numeric', month: 'long', ...(!isSameYear(at, now) && { year: 'numeric' }) }, at)

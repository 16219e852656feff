/** Parses times as servers write them. Many Spring servers write a `LocalDateTime`, which has no time zone. */

/** The accepted range, in milliseconds since the epoch; other numbers are not times. */
const earliest = Date.UTC(2000)
const latest = Date.UTC(2200)

/** The longest text that may be a time, in characters. */
const longest = 64
const zoned = /\d:\d\d.*(?:Z|GMT|UTC|[+-]\d\d(?::?\d\d)?)$/i
const unzoned = /\d:\d\d/
const timeOfDay = /^([01]?\d|2[0-3]):([0-5]\d)(?::([0-5]\d))?$/

const formats = new Map<string, Intl.DateTimeFormat>()
/** @throws {RangeError} for an unknown zone. */
const formatOf = (zone: string): Intl.DateTimeFormat => {
  const known = formats.get(zone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(zone, made)
  return made
}

/** @returns the zone's UTC offset at that time, in milliseconds. */
const aheadAt = (time: number, zone: string): number => {
  const parts = new Map(
    formatOf(zone)
      .formatToParts(time)
      .map(({ type, value }) => [type, Number(value)]),
  )
  const part = (type: Intl.DateTimeFormatPartTypes): number => parts.get(type) ?? 0
  const shown = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return shown - Math.floor(time / 1000) * 1000
}

/** @param shown the local time in the zone, written as if it were UTC. */
const timeIn = (zone: string, shown: number): number => {
  // If a clock change lies in between, the first guess has the wrong offset.
  const guess = shown - aheadAt(shown, zone)
  return shown - aheadAt(guess, zone)
}

/**
 * Jackson's default for `LocalDateTime`: year, month, day, hour, minute, then second and nanosecond unless they are 0.
 */
const shownByParts = (parts: readonly unknown[]): number => {
  if (parts.length < 5 || parts.length > 7 || !parts.every(part => Number.isInteger(part))) return NaN
  const [year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0, nanosecond = 0] = parts.map(Number)
  return Date.UTC(year, month - 1, day, hour, minute, second, Math.floor(nanosecond / 1e6))
}

/** Accepts Unix time in seconds, milliseconds or microseconds. */
const ofNumber = (number: number): number => {
  if (number < 1e11) return number * 1000
  return number < 1e14 ? number : number / 1000
}

const day = 24 * 3_600_000
const half = day / 2

/** @returns the time of day that is nearest to `now`, within half a day. */
const nearest = (zone: string, [hour = 0, minute = 0, second = 0]: number[], now: number): number => {
  const midnight = Math.floor((now + aheadAt(now, zone)) / day) * day
  const time = timeIn(zone, midnight + ((hour * 60 + minute) * 60 + second) * 1000)
  if (time > now + half) return time - day
  return time < now - half ? time + day : time
}

const parse = (value: unknown, zone: string | null, now: number): number => {
  if (typeof value === 'number') return ofNumber(value)
  if (Array.isArray(value)) return zone === null ? NaN : timeIn(zone, shownByParts(value))
  if (typeof value !== 'string' || value.length > longest) return NaN
  const text = value.trim()
  if (/^\d+$/.test(text)) return ofNumber(Number(text))
  if (zoned.test(text)) return Date.parse(text)
  if (zone === null || !unzoned.test(text)) return NaN
  const ofDay = timeOfDay
    .exec(text)
    ?.slice(1)
    .map(part => Number(part) || 0)
  if (ofDay) return nearest(zone, ofDay, now)
  const isIso = /^\d{4}-\d\d-\d\d[T ]/.test(text)
  return timeIn(zone, Date.parse(isIso ? `${text.replace(' ', 'T')}Z` : `${text} UTC`))
}

/**
 * @param zone IANA time zone for times without one; null if unknown.
 * @param now the time to which a time without a day is near, in milliseconds since the epoch.
 * @returns milliseconds since the epoch, from a text, date parts, seconds, milliseconds or microseconds; null for anything else, for
 *   a day without a time, and for a time without a zone if none is known: in this computer's zone it would be hours
 *   off.
 */
export const readTime = (value: unknown, zone: string | null, now: number): number | null => {
  try {
    const time = parse(value, zone, now)
    return time >= earliest && time <= latest ? Math.round(time) : null
  } catch (thrown) {
    // Intl throws this for an invalid date or an unknown zone.
    if (thrown instanceof RangeError) return null
    throw thrown
  }
}

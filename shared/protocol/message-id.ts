/** Makes the ids of messages: of those that this computer writes, and on a host of those that came without one. */
import { nanoid } from 'nanoid'

/** Base 36 digits of milliseconds since the epoch, until the year 5188. */
const timeLength = 9

/** Messages come by the dozen in a millisecond; its digits are made once. */
let last = { time: 0, digits: '' }
const digitsOf = (time: number): string => {
  if (last.time !== time) last = { time, digits: time.toString(36).padStart(timeLength, '0') }
  return last.digits
}

/**
 * Ids that rise with time stay together in an index of ids, so that a transaction writes a few pages of it and not one for each message.
 * @param now milliseconds since the epoch.
 * @returns a new id, never given before.
 */
export const makeMessageId = (now = Date.now()): string => `${digitsOf(now)}-${nanoid(11)}`

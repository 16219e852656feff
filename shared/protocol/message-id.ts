/** Ids of messages: those that this computer writes, and on a host those whose sender gave none. */
import { nanoid } from 'nanoid'

/** Base 36 digits of milliseconds since the epoch, until the year 5188. */
const timeLength = 9

/**
 * Ids that rise with the time keep together in the index of ids: a transaction then writes a few of its pages, not one for each message.
 * @param now milliseconds since the epoch.
 * @returns a new id, never given before.
 */
export const makeMessageId = (now = Date.now()): string =>
  `${now.toString(36).padStart(timeLength, '0')}-${nanoid(11)}`

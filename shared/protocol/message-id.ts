/** Makes the ids of messages: of those that this computer writes, and on a host of those that came without one. */
import { nanoid } from 'nanoid'

/** Base 36 digits of milliseconds since the epoch, until the year 5188. */
const timeLength = 9

/**
 * Ids that rise with time stay together in an index of ids, so that a transaction writes a few pages of it and not one for each message.
 * @param now milliseconds since the epoch.
 * @returns a new id, never given before.
 */
export const makeMessageId = (now = Date.now()): string =>
  `${now.toString(36).padStart(timeLength, '0')}-${nanoid(11)}`

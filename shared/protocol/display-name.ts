/** The names of people, rooms and files, as they are shown. */
import { z } from 'zod'
import { nameKey } from '../text/fold.ts'
import { composedText } from './composed-text.ts'
import { limits } from './limits.ts'

/**
 * Control characters, lone halves of a surrogate pair, line separators, and invisible marks that make a text read differently from how it
 * is written.
 */
const deceptive = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u

const topicTooLong = `a topic may have at most ${limits.topic} characters`

/** The topic of a room: trimmed, composed (NFC), up to {@link limits.topic} UTF-16 units on one line; it may be empty. */
export const topicSchema = composedText(limits.topic, topicTooLong)
  .transform(topic => topic.trim())
  .pipe(
    z
      .string()
      .max(limits.topic, topicTooLong)
      .refine(topic => !deceptive.test(topic), 'a topic can’t hold control characters or invisible marks'),
  )

const nameTooLong = `a name may have at most ${limits.name} characters`

/** A name as it is shown: trimmed, composed (NFC), 1 to {@link limits.name} UTF-16 units, nothing invisible in it. */
export const displayNameSchema = composedText(limits.name, nameTooLong)
  .transform(name => name.trim())
  .pipe(
    z
      .string()
      .min(1, 'a name has to have at least one character')
      .max(limits.name, nameTooLong)
      .refine(
        name => !deceptive.test(name) && nameKey(name) !== '',
        'a name can’t hold control characters or invisible marks',
      ),
  )

const fileNameTooLong = `a file name may have at most ${limits.fileName} characters`

/**
 * The name of a file: composed (NFC), trimmed, 1 to {@link limits.fileName} UTF-16 units. It names no folder on any system,
 * and nothing in it makes its ending read differently.
 */
export const fileNameSchema = composedText(limits.fileName, fileNameTooLong)
  .transform(name => name.trim())
  .pipe(
    z
      .string()
      .max(limits.fileName, fileNameTooLong)
      .refine(
        name => !deceptive.test(name) && !/^\.{0,2}$|[/\\]/.test(name),
        'a file name can’t be a path, nor hold control characters or invisible marks',
      ),
  )

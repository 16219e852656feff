/** Names that people see: of persons and of rooms. */
import { z } from 'zod'
import { nameKey } from '../text/fold.ts'
import { composedText } from './composed-text.ts'
import { limits } from './limits.ts'

/**
 * Control characters, halves of a surrogate pair (which are no text), line separators, and the invisible marks that make text read other
 * than it is written.
 */
const deceptive = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff]/u

const topicTooLong = `a topic may have at most ${limits.topic} characters`

/** What a room is about: trimmed, composed (NFC), up to {@link limits.topic} UTF-16 units on one line; empty for nothing. */
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

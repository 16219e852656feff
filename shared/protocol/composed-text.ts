import { z } from 'zod'
import { compose } from '../text/compose.ts'

/** The most UTF-16 units that composing turns into one: U+1F82, a Greek letter with three marks. */
const mostUnitsOfOne = 4

/**
 * A schema of text that composes it (NFC). It checks the length first, so that a text that is too long costs no work.
 * @param longest the most UTF-16 units of the composed text; the schema that follows has to check them again.
 * @param tooLong the sentence for the sender.
 */
export const composedText = (longest: number, tooLong: string) =>
  z
    .string()
    .max(longest * mostUnitsOfOne, tooLong)
    .transform(text => compose(text))

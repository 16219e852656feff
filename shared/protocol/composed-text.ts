import { z } from 'zod'
import { compose } from '../text/compose.ts'

/** UTF-16 units that become one when they are composed, at most: U+1F82, a Greek letter with three marks. */
const mostUnitsOfOne = 4

/**
 * Text that is composed (NFC) where a client sends it. Its length is checked first, so that no work is done on a text that is too long anyway.
 * @param longest of the composed text, in UTF-16 units; the schema that follows has to check it again.
 * @param tooLong the sentence for the sender.
 */
export const composedText = (longest: number, tooLong: string) =>
  z
    .string()
    .max(longest * mostUnitsOfOne, tooLong)
    .transform(text => compose(text))

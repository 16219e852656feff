import { maxContentLength } from '../../shared/contract/messenger-commands.ts'
import { compose } from '../../shared/text/compose.ts'

/** Length in UTF-16 units from which the composer shows how much may still be written. */
export const countFrom = maxContentLength * 0.9

/** @returns the content that a text in the composer sends: composed, without leading blank lines and trailing white space. */
export const contentOf = (text: string): string =>
  compose(text)
    .replace(/^(?:[^\S\n]*\n)+/u, '')
    .trimEnd()

/**
 * @returns the length of the text to send in UTF-16 units if it is long enough to be counted; otherwise 1, or 0 for an empty text, so that
 *   most keys change nothing that would have to be rendered.
 */
export const coarseLength = (text: string): number => {
  const { length } = contentOf(text)
  return length < countFrom ? Math.min(length, 1) : length
}

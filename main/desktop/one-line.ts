/** Shortens other people's text to one line. */

import { withoutControls } from '../../shared/text/controls.ts'

/** @returns the text as one line of at most `longest` graphemes, with an ellipsis where it was cut. */
export const oneLine = (text: string, longest: number): string => {
  // A grapheme has several code units, but not hundreds: the rest can be ignored.
  const line = withoutControls(text.slice(0, longest * 20).replaceAll(/\s+/gu, ' ')).trim()
  const characters = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment)
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}

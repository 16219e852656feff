/** Text that comes from others, for places that have room for one line. */

import { withoutControls } from '../../shared/text/controls.ts'

/** @returns the text in one line of at most `longest` characters as people count them, with an ellipsis where it was cut. */
export const oneLine = (text: string, longest: number): string => {
  // More than one code unit makes a character, but never hundreds: the rest need not be looked at.
  const line = withoutControls(text.slice(0, longest * 20).replaceAll(/\s+/gu, ' ')).trim()
  const characters = Array.from(new Intl.Segmenter().segment(line), ({ segment }) => segment)
  return characters.length <= longest
    ? line
    : `${characters
        .slice(0, longest - 1)
        .join('')
        .trimEnd()}…`
}

import { compose } from '../../shared/text/compose.ts'

/** @returns what a text in the composer sends: composed, without blank lines before it and white space after it. */
export const contentOf = (text: string): string =>
  compose(text)
    .replace(/^(?:[^\S\n]*\n)+/u, '')
    .trimEnd()

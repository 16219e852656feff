/** @returns what a text in the composer sends: composed, without blank lines before it and white space after it. */
export const contentOf = (text: string): string =>
  text
    .normalize('NFC')
    .replace(/^(?:[^\S\n]*\n)+/u, '')
    .trimEnd()

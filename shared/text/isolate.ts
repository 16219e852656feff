/** Foreign text inside our sentences: whatever its direction, the words around it keep their order (UAX #9, 6.3). */

/** What turns or could turn the direction of a sentence: the blocks of right-to-left scripts, and marks, embeddings, overrides and isolates. */
const turning =
  /[\u0590-\u08ff\u200f\u202a-\u202e\u2066-\u2069\ufb1d-\ufdff\ufe70-\ufefe\u{10800}-\u{10fff}\u{1e800}-\u{1efff}]/u
/** What would end an isolate, or reach beyond it. */
const reaching = /[\u202a-\u202e\u2066-\u2069]/gu
const [firstStrongIsolate, popIsolate] = ['\u2068', '\u2069']

/** @returns the text as it is put into a sentence: between isolates where it could turn the sentence around. */
export const isolate = (text: string): string =>
  turning.test(text) ? `${firstStrongIsolate}${text.replaceAll(reaching, '')}${popIsolate}` : text

/** @returns one line of several notes, with dots between those that there are. */
export const sideBySide = (...notes: readonly (string | undefined)[]): string =>
  notes.flatMap(note => (note ? isolate(note) : [])).join(' · ')

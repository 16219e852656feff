/** Unicode normalisation in linear time. Nothing else calls `String.prototype.normalize`. */

/**
 * A run of 30 non-starters followed by another one. JavaScript engines sort each run of combining marks by insertion, so a run of n marks
 * takes n² steps. Half-width sound marks of kana become combining marks in the compatibility forms; U+034F ends a run.
 */
const fullRun = /[[\p{M}\uff9e\uff9f]--[\u034f]]{30}(?=[[\p{M}\uff9e\uff9f]--[\u034f]])/gv

/**
 * Normalises text of any length. It first divides runs of more than 30 combining marks by U+034F (COMBINING GRAPHEME JOINER), which is
 * invisible: the Stream-Safe Text Process of UAX #15, section 13.
 * @returns the normalised text; longer runs of marks stay divided.
 */
export const compose = (text: string, form: 'NFC' | 'NFD' | 'NFKC' = 'NFC'): string =>
  text.replaceAll(fullRun, '$&\u034f').normalize(form)

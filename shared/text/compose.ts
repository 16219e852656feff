/** Unicode normalisation in linear time. Nothing else calls `String.prototype.normalize`. */

/**
 * A full run of non-starters with another one behind it. Engines sort each run of combining marks by insertion, so a run of n marks costs
 * n² steps. The half-width sound marks of kana become combining marks in the compatibility forms; U+034F itself ends a run.
 */
const fullRun = /[[\p{M}\uff9e\uff9f]--[\u034f]]{30}(?=[[\p{M}\uff9e\uff9f]--[\u034f]])/gv

/**
 * Normalises text of any length. Runs of more than 30 combining marks are first divided by U+034F (COMBINING GRAPHEME JOINER), which shows
 * nothing: the Stream-Safe Text Process of UAX #15, section 13.
 * @returns the text in the normalisation form; more than 30 marks in a row stay, divided.
 */
export const compose = (text: string, form: 'NFC' | 'NFD' | 'NFKC' = 'NFC'): string =>
  text.replaceAll(fullRun, '$&\u034f').normalize(form)

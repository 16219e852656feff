/** Text that reads alike, made alike. Names, rooms, mentions and the search compare text by it, and by nothing else. */
import { compose } from './compose.ts'

/** Characters that show nothing: format characters, fillers of Hangul, variation selectors (UAX #44), and empty Braille. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Text but for the letters of Hangul that stand alone (ㅋㅋㅠㅠ): the compatibility form would join them (ㅋ큐ㅠ). */
const besidesLetters = /[^\u3131-\u318e]+/gu

/** Initial consonants, vowels and final consonants that are parts of a syllable, where no syllable has come of them. */
const loosePart = /[\u1100-\u1112\u1161-\u1175\u11a8-\u11c2]/gu
const letterRows = [
  { first: 0x1100, letters: 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ' },
  { first: 0x1161, letters: 'ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ' },
  { first: 0x11a8, letters: 'ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ' },
]
const letterOf = (part: string): string => {
  const code = part.charCodeAt(0)
  const row = letterRows.findLast(({ first }) => first <= code)
  return row?.letters.charAt(code - row.first) ?? part
}

/** ASCII and modern Hangul, in which case is all that differs. Most messages hold nothing else. */
const plainText = /^[\0-\x7f\u3131-\u3163\uac00-\ud7a3]*$/

/**
 * @returns the text in upper case, composed, of ordinary width, without characters that show nothing. Accents stay: José is not Jose.
 *   Hangul in parts becomes syllables, and single letters where it can't.
 */
export const fold = (text: string): string =>
  plainText.test(text)
    ? text.toUpperCase()
    : compose(
        text
          .replaceAll(unseen, '')
          .replaceAll(besidesLetters, found => compose(found, 'NFKC'))
          // Upper case, because some letters have several lower cases: ß and ss, ς and σ.
          .toUpperCase(),
      ).replaceAll(loosePart, letterOf)

/** Marks but for the sound marks of kana: ガ is another letter than カ. */
const accents = /[\p{M}--[\u3099\u309a]]/gv
/** Signs that are typed in several shapes. */
const shapes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('‘’‛′ʼ', sign => [sign, "'"])),
  ...Object.fromEntries(Array.from('“”„‟', sign => [sign, '"'])),
  ...Object.fromEntries(Array.from('‐‑‒–—―−', sign => [sign, '-'])),
  '〜': '~',
}
const shaped = new RegExp(`[${Object.keys(shapes).join('')}]`, 'gu')

/** @returns the text as the search compares it: as {@link fold}, without accents, quotes and hyphens in one shape. */
export const foldForSearch = (text: string): string =>
  plainText.test(text)
    ? text.toUpperCase()
    : compose(compose(fold(text), 'NFD').replaceAll(accents, ''))
        .replaceAll(loosePart, letterOf)
        .replaceAll(shaped, sign => shapes[sign] ?? sign)

/** A folded text, and for each of its UTF-16 units the part of the original text that it comes from. */
export interface Folded {
  text: string
  starts: number[]
  ends: number[]
}

/** A character with all that may join it: marks, parts of a syllable of Hangul, characters that show nothing. */
const cluster =
  /[^][\p{M}\p{Cf}\p{Default_Ignorable_Code_Point}\u2800\u1160-\u11ff\ud7b0-\ud7ff\uff9e\uff9f\uffc2-\uffdc]*/gv

/** @param folding {@link fold} or {@link foldForSearch}. */
export const foldWithPlaces = (text: string, folding: (text: string) => string): Folded => {
  const folded: Folded = { text: '', starts: [], ends: [] }
  for (const { 0: found, index } of text.matchAll(cluster)) {
    const part = folding(found)
    folded.text += part
    while (folded.starts.length < folded.text.length) {
      folded.starts.push(index)
      folded.ends.push(index + found.length)
    }
  }
  return folded
}

/**
 * @returns what two names are compared by: as {@link fold}, and neither the number of spaces nor Hangul that is spelled in letters
 *   (ㅈㅣㅇㅜ) makes another name.
 */
export const nameKey = (name: string): string =>
  compose(compose(fold(name), 'NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase())

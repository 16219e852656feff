/** Folds texts that read alike to the same text. Names, rooms, mentions and search compare texts by this rule only. */
import { compose } from './compose.ts'

/** Invisible characters: format characters, Hangul fillers, variation selectors (UAX #44), and the empty Braille pattern. */
const unseen = /[\p{Cf}\p{Default_Ignorable_Code_Point}\u2800]/gu

/** Text other than single Hangul letters (ㅋㅋㅠㅠ), which the compatibility form would join (ㅋ큐ㅠ). */
const besidesLetters = /[^\u3131-\u318e]+/gu

/** Conjoining Hangul letters that did not form a syllable. */
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

/** ASCII and modern Hangul, where folding only changes case. Most messages consist of these. */
const plainText = /^[\0-\x7f\u3131-\u3163\uac00-\ud7a3]*$/

/**
 * @returns the text in upper case, composed, in ordinary width, without invisible characters. Accents stay: José is not Jose. Conjoining
 *   Hangul letters become syllables, or single letters where they form none.
 */
export const fold = (text: string): string =>
  plainText.test(text)
    ? text.toUpperCase()
    : compose(
        text
          .replaceAll(unseen, '')
          .replaceAll(besidesLetters, found => compose(found, 'NFKC'))
          // Upper case, because some letters have several lower-case forms: ß and ss, ς and σ.
          .toUpperCase(),
      ).replaceAll(loosePart, letterOf)

/** Combining marks except the sound marks of kana: ガ and カ are different letters. */
const accents = /[\p{M}--[\u3099\u309a]]/gv
/** Characters with several shapes, such as quotes and hyphens. */
const shapes: Readonly<Record<string, string>> = {
  ...Object.fromEntries(Array.from('‘’‛′ʼ', sign => [sign, "'"])),
  ...Object.fromEntries(Array.from('“”„‟', sign => [sign, '"'])),
  ...Object.fromEntries(Array.from('‐‑‒–—―−', sign => [sign, '-'])),
  '〜': '~',
}
const shaped = new RegExp(`[${Object.keys(shapes).join('')}]`, 'gu')

/** @returns the text as search compares it: as {@link fold}, without accents, and with one shape of quotes and hyphens. */
export const foldForSearch = (text: string): string =>
  plainText.test(text)
    ? text.toUpperCase()
    : compose(compose(fold(text), 'NFD').replaceAll(accents, ''))
        .replaceAll(loosePart, letterOf)
        .replaceAll(shaped, sign => shapes[sign] ?? sign)

/** A folded text, and for each of its UTF-16 units the source range in the original text. */
export interface Folded {
  text: string
  starts: number[]
  ends: number[]
}

/** A character with everything that may join it: marks, conjoining Hangul letters, invisible characters. */
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
 * @returns the key by which names are compared: as {@link fold}, and ignoring the number of spaces and whether Hangul is spelled in single
 *   letters (ㅈㅣㅇㅜ).
 */
export const nameKey = (name: string): string =>
  compose(compose(fold(name), 'NFKC').replaceAll(/\s+/gu, ' ').trim().toLowerCase())

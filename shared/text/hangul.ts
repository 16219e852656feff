/**
 * The syllables that an unfinished Korean syllable may become: ㅎ, 하, 한, 하나. The search in the cache and the highlighting in the window
 * use the same rule. Unicode orders syllables by initial, vowel and final consonant (The Unicode Standard, section 3.12).
 */

/** Texts with a common stem and a last character from a range. */
export interface Endings {
  /** The text before the last character. */
  stem: string
  /** The first and the last character of the range. */
  from: string
  to: string
}

const firstSyllable = 0xac00
const lastSyllable = 0xd7a3
const finalsOfVowel = 28
const syllablesOfInitial = 21 * finalsOfVowel

const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
/** The final consonants in Unicode's order (the first is none), as the keys that type them. */
const finals = [
  '',
  ...'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  ),
]
/** How many vowels begin with the same key, where there is more than one (ㅗ ㅘ ㅙ ㅚ, ㅜ ㅝ ㅞ ㅟ, ㅡ ㅢ), by the vowel's index. */
const vowelsFrom: Readonly<Record<number, number>> = { 8: 4, 13: 4, 18: 2 }

const row = (stem: string, from: number, to: number): Endings => ({
  stem,
  from: String.fromCharCode(from),
  to: String.fromCharCode(to),
})

/** @returns the syllables that begin with a consonant, after `stem`; none for a consonant that can't be an initial. */
const beginningWith = (stem: string, consonant: string): Endings[] => {
  const place = initials.indexOf(consonant)
  if (consonant === '' || place < 0) return []
  const from = firstSyllable + place * syllablesOfInitial
  return [row(stem, from, from + syllablesOfInitial - 1)]
}

/**
 * @param character the last character of a text that is being typed.
 * @returns the texts it may become: ㅎ gives ㅎ and 하 to 힣, 하 gives 하 to 핳, 한 gives 한 to 핞 and 하 followed by 나 to 닣. Any other
 *   character gives itself.
 */
export const endingsOf = (character: string): Endings[] => {
  const code = character.charCodeAt(0)
  if (code < firstSyllable || code > lastSyllable) {
    return [{ stem: '', from: character, to: character }, ...beginningWith('', character)]
  }
  const place = code - firstSyllable
  const final = place % finalsOfVowel
  if (final === 0) {
    const vowel = Math.floor((place % syllablesOfInitial) / finalsOfVowel)
    return [row('', code, code + (vowelsFrom[vowel] ?? 1) * finalsOfVowel - 1)]
  }
  const keys = finals[final] ?? ''
  const longest = finals.findLastIndex(other => other.startsWith(keys))
  const left = finals.indexOf(keys.slice(0, -1))
  return [
    row('', code, code + longest - final),
    ...beginningWith(String.fromCharCode(code - final + left), keys.slice(-1)),
  ]
}

/** @returns whether the unfinished end of `text` in an input method is Hangul, which appears key by key in its final form. */
export const endsInHangul = (text: string): boolean => /\p{Script=Hangul}$/u.test(text)

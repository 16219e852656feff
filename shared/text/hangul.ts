/**
 * What a Korean syllable may still become while it is typed: ㅎ, 하, 한, 하나. The search in the cache and the marks in the window
 * go by the same answer. Syllables stand in Unicode by initial, vowel and final consonant (The Unicode Standard, section 3.12).
 */

/** Texts that begin alike and end in one of a row of characters. */
export interface Endings {
  /** What stands before the last character. */
  stem: string
  /** The first and the last character of the row. */
  from: string
  to: string
}

const firstSyllable = 0xac00
const lastSyllable = 0xd7a3
const finalsOfVowel = 28
const syllablesOfInitial = 21 * finalsOfVowel

const initials = 'ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ'
/** The final consonants in Unicode's order, the first of them none, as the keys that type them. */
const finals = [
  '',
  ...'ㄱ ㄲ ㄱㅅ ㄴ ㄴㅈ ㄴㅎ ㄷ ㄹ ㄹㄱ ㄹㅁ ㄹㅂ ㄹㅅ ㄹㅌ ㄹㅍ ㄹㅎ ㅁ ㅂ ㅂㅅ ㅅ ㅆ ㅇ ㅈ ㅊ ㅋ ㅌ ㅍ ㅎ'.split(
    ' ',
  ),
]
/** How many vowels begin with the same key, where there are more than one: ㅗ ㅘ ㅙ ㅚ, ㅜ ㅝ ㅞ ㅟ, ㅡ ㅢ; by the vowel's place. */
const vowelsFrom: Readonly<Record<number, number>> = { 8: 4, 13: 4, 18: 2 }

const row = (stem: string, from: number, to: number): Endings => ({
  stem,
  from: String.fromCharCode(from),
  to: String.fromCharCode(to),
})

/** @returns the syllables that begin with a consonant, after `stem`; none where it is no initial. */
const beginningWith = (stem: string, consonant: string): Endings[] => {
  const place = initials.indexOf(consonant)
  if (consonant === '' || place < 0) return []
  const from = firstSyllable + place * syllablesOfInitial
  return [row(stem, from, from + syllablesOfInitial - 1)]
}

/**
 * @param character the last one of a text that is being typed.
 * @returns what may stand in its place later: ㅎ gives ㅎ and 하 to 힣, 하 gives 하 to 핳, 한 gives 한 to 핞 and 하 with 나 to 닣.
 * Any other character gives itself.
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

/** @returns whether what an input method shows at the end of `text` is Hangul, which is typed key by key as it will stand. */
export const endsInHangul = (text: string): boolean => /\p{Script=Hangul}$/u.test(text)

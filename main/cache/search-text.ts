/**
 * Turns text into words that FTS5's `unicode61` can find. That tokenizer takes a run of Hangul, kana or Han for one word, so such a run
 * is indexed as overlapping pairs and its last character: 안녕하세요 as 안녕 녕하 하세 세요 요. A query becomes a phrase of the same
 * pairs; a single character is the prefix of one. Signs and emoji, which the tokenizer drops, are indexed the same way, as private-use
 * letters.
 */
import { foldForSearch } from '../../shared/text/fold.ts'
import { endingsOf } from '../../shared/text/hangul.ts'
import { wordsOf } from '../../shared/text/query.ts'

/** A character of a script that is written without spaces, or (Hangul) searched within words. */
const dense = String.raw`[[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}]&&[\p{L}\p{M}\p{N}]]`
/** Characters that separate words for `unicode61`, but not for people. */
const sign = String.raw`[^\s\p{Cc}\p{L}\p{M}\p{N}\p{Co}]`
const run = new RegExp(`(${dense}+)|${sign}+`, 'gv')
const runAtEnd = new RegExp(`(?:${dense}+|${sign}+)$`, 'v')
/** The longest prefix, in characters, that is searched with each of the up to 591 completions of a syllable; a longer one takes too long. */
const longestGrowing = 8
const wordAtEnd = /[\p{L}\p{M}\p{N}\p{Co}]$/u

/** All signs are in planes 0 and 1, and no two of them map to the same letter. */
const privatePlane = 0xf0000
const toLetter = (character: string): string =>
  String.fromCodePoint(privatePlane + ((character.codePointAt(0) ?? 0) & 0xffff))

/**
 * @param ofScript the run if it is of a script; undefined for a run of signs.
 * @returns a run as its pairs and, if wanted, its last character.
 */
const toPairs = (found: string, ofScript: string | undefined, withLast: boolean): string => {
  let pairs = ' '
  let before = ''
  for (const character of found) {
    const letter = ofScript === undefined ? toLetter(character) : character
    if (before !== '') pairs += `${before}${letter} `
    before = letter
  }
  return withLast ? `${pairs}${before} ` : pairs
}

/** @returns the words to index for this text. */
export const toIndexText = (content: string): string =>
  foldForSearch(content).replace(run, (found, ofScript: string | undefined) => toPairs(found, ofScript, true))

/** One folded word as an FTS5 phrase. The text may continue a run at its end, and the query's last word. */
const toPhrase = (word: string, isLast: boolean): string => {
  const single = Array.from(runAtEnd.exec(word)?.[0] ?? '').length === 1
  const text = word.replace(run, (found, ofScript: string | undefined, at: number) =>
    toPairs(found, ofScript, single || at + found.length < word.length),
  )
  const isBeginning = single || (isLast && wordAtEnd.test(text.trimEnd()))
  return `"${text}"${isBeginning ? ' *' : ''}`
}

/** @returns all prefixes that a word may have whose last character is still being typed. For a long word, the part before that character is enough. */
const endingsOfWord = (word: string): string[] => {
  const characters = Array.from(word)
  const last = characters.pop() ?? ''
  const before = characters.join('')
  if (characters.length > longestGrowing) return [before]
  return endingsOf(last).flatMap(({ stem, from, to }) => {
    const first = from.codePointAt(0) ?? 0
    const count = (to.codePointAt(0) ?? 0) - first + 1
    return Array.from({ length: count }, (_, at) => before + stem + String.fromCodePoint(first + at))
  })
}

/**
 * @param query as typed; it has no operators.
 * @param isComposing whether its last character is still being typed.
 * @returns an FTS5 expression that matches texts with all of its words; null if the query has no words.
 */
export const toMatchExpression = (query: string, isComposing: boolean): string | null => {
  const { whole, growing } = wordsOf({ query, isComposing })
  const last = growing === null ? whole.slice(-1) : endingsOfWord(growing)
  if (last.length === 0) return null
  const before = growing === null ? whole.slice(0, -1) : whole
  const phrases = last.map(word => toPhrase(word, true))
  return [...before.map(word => toPhrase(word, false)), `(${phrases.join(' OR ')})`].join(' AND ')
}

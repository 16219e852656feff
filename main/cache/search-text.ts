/**
 * How text becomes words that FTS5's `unicode61` can find. It takes a run of Hangul, kana or Han for one word, so such a run is
 * given as overlapping pairs and its last character alone: 안녕하세요 as 안녕 녕하 하세 세요 요. What somebody looks for becomes
 * a phrase of the same pairs; a single character is the beginning of one of them. Signs and emoji, which it leaves out, are given the
 * same way, as private letters.
 */
import { foldForSearch } from '../../shared/text/fold.ts'
import { endingsOf } from '../../shared/text/hangul.ts'
import { wordsOf } from '../../shared/text/query.ts'

/** A character of the scripts that are written without spaces, or (Hangul) searched within words. */
const dense = String.raw`[[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}]&&[\p{L}\p{M}\p{N}]]`
/** What `unicode61` takes for a gap between words, and people do not. */
const sign = String.raw`[^\s\p{Cc}\p{L}\p{M}\p{N}\p{Co}]`
const run = new RegExp(`(${dense}+)|${sign}+`, 'gv')
const runAtEnd = new RegExp(`(?:${dense}+|${sign}+)$`, 'v')
/** Longest beginning, in characters, that is looked for with each of the up to 591 endings of a syllable: more takes too long. */
const longestGrowing = 8
const wordAtEnd = /[\p{L}\p{M}\p{N}\p{Co}]$/u

/** Planes 0 and 1 hold all signs, and no two of them in the same place. */
const privatePlane = 0xf0000
const toLetter = (character: string): string =>
  String.fromCodePoint(privatePlane + ((character.codePointAt(0) ?? 0) & 0xffff))

/**
 * @param ofScript the run where it is of a script; undefined where it is one of signs.
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

/** @returns what to put into the index for this text. */
export const toIndexText = (content: string): string =>
  foldForSearch(content).replace(run, (found, ofScript: string | undefined) => toPairs(found, ofScript, true))

/** One folded word as an FTS5 phrase. A run at its end may go on in the text, and so may the query's last word. */
const toPhrase = (word: string, isLast: boolean): string => {
  const single = Array.from(runAtEnd.exec(word)?.[0] ?? '').length === 1
  const text = word.replace(run, (found, ofScript: string | undefined, at: number) =>
    toPairs(found, ofScript, single || at + found.length < word.length),
  )
  const isBeginning = single || (isLast && wordAtEnd.test(text.trimEnd()))
  return `"${text}"${isBeginning ? ' *' : ''}`
}

/** @returns all that a word may begin with whose last character is being typed. Of a long one, what stands before it says enough. */
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
 * @param query as it was typed; nothing in it is an operator.
 * @param isComposing whether its last character is still being typed.
 * @returns an FTS5 expression that is met by texts with all of its words; null where there is nothing to look for.
 */
export const toMatchExpression = (query: string, isComposing: boolean): string | null => {
  const { whole, growing } = wordsOf({ query, isComposing })
  const last = growing === null ? whole.slice(-1) : endingsOfWord(growing)
  if (last.length === 0) return null
  const before = growing === null ? whole.slice(0, -1) : whole
  const phrases = last.map(word => toPhrase(word, true))
  return [...before.map(word => toPhrase(word, false)), `(${phrases.join(' OR ')})`].join(' AND ')
}

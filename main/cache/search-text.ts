/**
 * How text becomes words that FTS5's `unicode61` can find. It takes a run of Hangul, kana or Han for one word, so such a run is
 * given as overlapping pairs and its last character alone: 안녕하세요 as 안녕 녕하 하세 세요 요. What somebody looks for becomes
 * a phrase of the same pairs; a single character is the beginning of one of them.
 */
import { endingsOf } from '../../shared/contract/hangul.ts'
import { compose } from '../../shared/text/compose.ts'

/** A character of the scripts that are written without spaces, or (Hangul) searched within words. */
const dense = String.raw`[[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}]&&[\p{L}\p{M}\p{N}]]`
const run = new RegExp(`${dense}+`, 'gv')
const runAtEnd = new RegExp(`${dense}+$`, 'v')
/** FTS5 ends its expression at a NUL. */
const separators = /[\s\p{Cc}]+/u
/** Longest beginning, in characters, that is looked for with each of the up to 591 endings of a syllable: more takes too long. */
const longestGrowing = 8
/** What `unicode61` takes for part of a word. */
const wordCharacter = /[\p{L}\p{N}\p{Co}]/u
const wordAtEnd = /[\p{L}\p{M}\p{N}\p{Co}]$/u

/** @returns a run as its pairs and, if wanted, its last character. */
const toPairs = (found: string, withLast: boolean): string => {
  const characters = Array.from(found)
  const pairs = characters.slice(1).map((character, index) => `${characters[index] ?? ''}${character}`)
  return ` ${[...pairs, ...(withLast ? characters.slice(-1) : [])].join(' ')} `
}

/** @returns what to put into the index for this text. */
export const toIndexText = (content: string): string =>
  compose(content).replace(run, found => toPairs(found, true))

/** One word as it was typed (in NFC), as an FTS5 phrase. A run at its end may go on in the text, and so may the query's last word. */
const toPhrase = (word: string, isLast: boolean): string => {
  const single = Array.from(runAtEnd.exec(word)?.[0] ?? '').length === 1
  const text = word.replace(run, (found, at: number) =>
    toPairs(found, single || at + found.length < word.length),
  )
  const isBeginning = single || (isLast && wordAtEnd.test(text))
  return `"${text.replaceAll('"', ' ')}"${isBeginning ? ' *' : ''}`
}

/** @returns all that a word may begin with whose last character is being typed. Of a long one, what stands before it says enough. */
const growing = (word: string): string[] => {
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
  const words = compose(query)
    .split(separators)
    .filter(word => wordCharacter.test(word))
  const last = words.pop()
  if (last === undefined) return null
  const lastPhrases = (isComposing ? growing(last) : [last]).map(word => toPhrase(word, true))
  return [...words.map(word => toPhrase(word, false)), `(${lastPhrases.join(' OR ')})`].join(' AND ')
}

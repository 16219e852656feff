/**
 * How text becomes words that FTS5's `unicode61` can find. It takes a run of Hangul, kana or Han for one word, so such a run is
 * given as overlapping pairs and its last character alone: 안녕하세요 as 안녕 녕하 하세 세요 요. What somebody looks for becomes
 * a phrase of the same pairs; a single character is the beginning of one of them.
 */

/** A character of the scripts that are written without spaces, or (Hangul) searched within words. */
const dense = String.raw`[[\p{scx=Hangul}\p{scx=Han}\p{scx=Hiragana}\p{scx=Katakana}\p{scx=Bopomofo}]&&[\p{L}\p{M}\p{N}]]`
const run = new RegExp(`${dense}+`, 'gv')
const runAtEnd = new RegExp(`${dense}+$`, 'v')
/** FTS5 ends its expression at a NUL. */
const separators = /[\s\p{Cc}]+/u
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
  content.normalize('NFC').replace(run, found => toPairs(found, true))

/** One word as it was typed (in NFC), as an FTS5 phrase. A run at its end may go on in the text, and so may the query's last word. */
const toPhrase = (word: string, isLast: boolean): string => {
  const single = Array.from(runAtEnd.exec(word)?.[0] ?? '').length === 1
  const text = word.replace(run, (found, at: number) =>
    toPairs(found, single || at + found.length < word.length),
  )
  const isBeginning = single || (isLast && wordAtEnd.test(text))
  return `"${text.replaceAll('"', ' ')}"${isBeginning ? ' *' : ''}`
}

/**
 * @param query as it was typed; nothing in it is an operator.
 * @returns an FTS5 expression that is met by texts with all of its words; null where there is nothing to look for.
 */
export const toMatchExpression = (query: string): string | null => {
  const words = query
    .normalize('NFC')
    .split(separators)
    .filter(word => wordCharacter.test(word))
  if (words.length === 0) return null
  return words.map((word, index) => toPhrase(word, index === words.length - 1)).join(' AND ')
}

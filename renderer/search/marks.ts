/** Where the words of a search stand in a text, and the part of the text that shows the first of them. */
import { endingsOf } from '../../shared/contract/hangul.ts'
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'

/** What was looked for. */
export interface Sought {
  query: string
  /** Whether its last syllable was still being typed. */
  isComposing: boolean
}

export interface Piece {
  text: string
  marked: boolean
}

/** Longest excerpt, and how much of it may stand before the first hit, in UTF-16 units. */
const excerptLength = 280
const leadLength = 60

/** As the search sees a character: composed, small, without accents. Hangul syllables stay whole. */
const fold = (character: string): string =>
  character.normalize('NFD').replaceAll(/\p{M}/gu, '').normalize('NFC').toLowerCase()

/** @returns the folded text, and for each of its units where that came from in `text`. */
const folded = (text: string): { text: string; from: number[] } => {
  let result = ''
  const from: number[] = []
  let at = 0
  for (const character of text) {
    const plain = fold(character)
    result += plain
    const start = at
    from.push(...plain.split('').map(() => start))
    at += character.length
  }
  from.push(at)
  return { text: result, from }
}

/** @returns a pattern of a word; where its last character is still being typed, of all that it may become. */
const patternOf = (word: string, isComposing: boolean): RegExp => {
  const characters = Array.from(word)
  const last = isComposing ? characters.pop() : undefined
  const endings = last ? endingsOf(last).map(({ stem, from, to }) => `${stem}[${from}-${to}]`) : []
  return new RegExp(`${RegExp.escape(characters.join(''))}(?:${endings.join('|')})`, 'gu')
}

/** @returns the stretches of `text` (start, end) that a word of the search covers, in order, none overlapping. */
const stretches = (text: string, { query, isComposing }: Sought): [start: number, end: number][] => {
  const words = fold(query).split(/\s+/u).filter(Boolean)
  const haystack = folded(text)
  const found = words.flatMap((word, index) => {
    const pattern = patternOf(word, isComposing && index === words.length - 1)
    return [...haystack.text.matchAll(pattern)].map(({ index: at, 0: hit }): [number, number] => [
      haystack.from[at] ?? 0,
      haystack.from[at + hit.length] ?? text.length,
    ])
  })
  const merged: [number, number][] = []
  for (const [start, end] of found.sort((a, b) => a[0] - b[0])) {
    const last = merged.at(-1)
    if (last && start <= last[1]) last[1] = Math.max(last[1], end)
    else merged.push([start, end])
  }
  return merged
}

/** @returns where to cut so that no surrogate pair and, if possible, no word is split. */
const cutAt = (text: string, at: number): number => {
  const space = text.indexOf(' ', at)
  if (space >= 0 && space - at < 20) return space + 1
  return /[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at + 1 : at
}

/**
 * @param content a message's text; what is beyond the longest that Stompbox sends is left out.
 * @returns an excerpt of it on one line of text, in pieces, the words that were looked for marked.
 */
export const excerptOf = (content: string, sought: Sought): Piece[] => {
  const text = content.slice(0, maxContentLength).normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
  const [first] = stretches(text, sought)
  const start =
    first && text.length > excerptLength && first[0] > leadLength ? cutAt(text, first[0] - leadLength) : 0
  const end = text.length - start > excerptLength ? cutAt(text, start + excerptLength) : text.length
  const excerpt = `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`

  const pieces: Piece[] = []
  let done = 0
  for (const [from, to] of stretches(excerpt, sought)) {
    if (from > done) pieces.push({ text: excerpt.slice(done, from), marked: false })
    pieces.push({ text: excerpt.slice(from, to), marked: true })
    done = to
  }
  if (done < excerpt.length) pieces.push({ text: excerpt.slice(done), marked: false })
  return pieces
}

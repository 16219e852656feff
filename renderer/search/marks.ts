/** Where the words of a query stand in a text, and the part of the text that shows the first of them. */
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'

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

/** @returns the stretches of `text` (start, end) that a word of `query` covers, in order, none overlapping. */
const stretches = (text: string, query: string): [start: number, end: number][] => {
  const words = fold(query).split(/\s+/u).filter(Boolean)
  const haystack = folded(text)
  const found = words.flatMap(word => {
    const hits: [number, number][] = []
    for (let at = haystack.text.indexOf(word); at >= 0; at = haystack.text.indexOf(word, at + word.length)) {
      hits.push([haystack.from[at] ?? 0, haystack.from[at + word.length] ?? text.length])
    }
    return hits
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
 * @returns an excerpt of it on one line of text, in pieces, the words of `query` marked.
 */
export const excerptOf = (content: string, query: string): Piece[] => {
  const text = content.slice(0, maxContentLength).normalize('NFC').replaceAll(/\s+/gu, ' ').trim()
  const [first] = stretches(text, query)
  const start =
    first && text.length > excerptLength && first[0] > leadLength ? cutAt(text, first[0] - leadLength) : 0
  const end = text.length - start > excerptLength ? cutAt(text, start + excerptLength) : text.length
  const excerpt = `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`

  const pieces: Piece[] = []
  let done = 0
  for (const [from, to] of stretches(excerpt, query)) {
    if (from > done) pieces.push({ text: excerpt.slice(done, from), marked: false })
    pieces.push({ text: excerpt.slice(from, to), marked: true })
    done = to
  }
  if (done < excerpt.length) pieces.push({ text: excerpt.slice(done), marked: false })
  return pieces
}

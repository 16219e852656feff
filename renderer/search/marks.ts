/** What was found, in pieces: the words that were looked for marked, of a long message the part that shows the first of them. */
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'
import { compose } from '../../shared/text/compose.ts'
import { stretches, type Searched } from '../../shared/text/matching.ts'
import type { Sought } from '../../shared/text/query.ts'

export interface Piece {
  text: string
  marked: boolean
}

/** Longest excerpt, and how much of it may stand before the first hit, in UTF-16 units. */
const excerptLength = 280
const leadLength = 60

/** @returns where to cut so that no surrogate pair and, if possible, no word is split. */
const cutAt = (text: string, at: number): number => {
  const space = text.indexOf(' ', at)
  if (space >= 0 && space - at < 20) return space + 1
  return /[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at + 1 : at
}

/** @returns `text` in pieces, the words that were looked for marked. */
export const piecesOf = (text: string, sought: Sought, searched: Searched): Piece[] => {
  const pieces: Piece[] = []
  let done = 0
  for (const [from, to] of stretches(text, sought, searched)) {
    if (from > done) pieces.push({ text: text.slice(done, from), marked: false })
    pieces.push({ text: text.slice(from, to), marked: true })
    done = to
  }
  if (done < text.length) pieces.push({ text: text.slice(done), marked: false })
  return pieces
}

/**
 * @param content a message's text; what is beyond the longest that Stompbox sends is left out.
 * @returns an excerpt of it on one line of text.
 */
export const excerptOf = (content: string, sought: Sought): Piece[] => {
  const text = compose(content.slice(0, maxContentLength)).replaceAll(/\s+/gu, ' ').trim()
  const [first] = stretches(text, sought, 'content')
  const start =
    first && text.length > excerptLength && first[0] > leadLength ? cutAt(text, first[0] - leadLength) : 0
  const end = text.length - start > excerptLength ? cutAt(text, start + excerptLength) : text.length
  const excerpt = `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
  return piecesOf(excerpt, sought, 'content')
}

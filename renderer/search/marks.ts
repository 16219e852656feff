/** Splits found text into highlighted and plain pieces; of a long message, an excerpt around the first hit. */
import { maxContentLength } from '../../shared/contract/messenger-commands.ts'
import { compose } from '../../shared/text/compose.ts'
import { plainText } from '../../shared/text/markdown.ts'
import { stretches, type Searched } from '../../shared/text/matching.ts'
import type { Sought } from '../../shared/text/query.ts'

export interface Piece {
  text: string
  marked: boolean
}

/** The longest excerpt, and its longest part before the first hit. UTF-16 units. */
const excerptLength = 280
const leadLength = 60

/** @returns where to cut without splitting a surrogate pair or, if possible, a word. */
const cutAt = (text: string, at: number): number => {
  const space = text.indexOf(' ', at)
  if (space >= 0 && space - at < 20) return space + 1
  return /[\uDC00-\uDFFF]/u.test(text.charAt(at)) ? at + 1 : at
}

/** @returns `text` in pieces, with the query's words highlighted. */
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
 * @param content a message's text; anything beyond the longest message of Stompbox is ignored.
 * @returns an excerpt of its plain text on one line.
 */
export const excerptOf = (content: string, sought: Sought): Piece[] => {
  const text = compose(plainText(content.slice(0, maxContentLength)))
    .replaceAll(/\s+/gu, ' ')
    .trim()
  const [first] = stretches(text, sought, 'content')
  const start =
    first && text.length > excerptLength && first[0] > leadLength ? cutAt(text, first[0] - leadLength) : 0
  const end = text.length - start > excerptLength ? cutAt(text, start + excerptLength) : text.length
  const excerpt = `${start > 0 ? '…' : ''}${text.slice(start, end)}${end < text.length ? '…' : ''}`
  return piecesOf(excerpt, sought, 'content')
}

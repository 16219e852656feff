/** Splits a message's text into plain text, addresses and mentions. */
import { linksIn, type Link } from './links.ts'
import { mentionsIn, type Mention } from './mentions.ts'

export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string; trueHost: string | null }
  | { kind: 'mention'; text: string }

/** The most addresses and mentions found in one message. Only a message made to slow down the window has more. */
const mostApart = 500

const found = (text: string, name: string | null): (Link | Mention)[] =>
  [...linksIn(text, mostApart), ...(name === null ? [] : mentionsIn(text, name, mostApart))]
    .sort((one, other) => one.start - other.start)
    .slice(0, mostApart)

/**
 * @param text a message's text, unchanged.
 * @param name the person whose mentions (`@name`) are highlighted; null for nobody.
 * @returns segments whose concatenation is exactly `text`. A name inside an address belongs to the address.
 */
export const segmentsOf = (text: string, name: string | null): Segment[] => {
  const segments: Segment[] = []
  let done = 0
  const plain = (end: number): void => {
    if (end > done) segments.push({ kind: 'text', text: text.slice(done, end) })
  }
  for (const each of found(text, name)) {
    if (each.start < done) continue
    plain(each.start)
    const piece = text.slice(each.start, each.end)
    segments.push(
      'href' in each
        ? { kind: 'link', text: piece, href: each.href, trueHost: each.trueHost }
        : { kind: 'mention', text: piece },
    )
    done = each.end
  }
  plain(text.length)
  return segments
}

/** @returns whether `text` mentions the person; counting, notifications and highlighting use the same rule. */
export const mentions = (text: string, name: string): boolean =>
  mentionsIn(text, name, 1).length > 0 && segmentsOf(text, name).some(({ kind }) => kind === 'mention')

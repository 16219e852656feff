/** What is in a message's text besides words: addresses to open, and the person's own name. Text stays text. */
import { linksIn, type Link } from './links.ts'
import { mentionsIn, type Mention } from './mentions.ts'

export type Segment =
  | { kind: 'text'; text: string }
  | { kind: 'link'; text: string; href: string; trueHost: string | null }
  | { kind: 'mention'; text: string }

/** Addresses and mentions that are told apart in one message: what has more of them is there to hold the window up. */
const mostApart = 500

const found = (text: string, name: string | null): (Link | Mention)[] =>
  [...linksIn(text, mostApart), ...(name === null ? [] : mentionsIn(text, name, mostApart))]
    .sort((one, other) => one.start - other.start)
    .slice(0, mostApart)

/**
 * @param text a message's text, as it came.
 * @param name the person whose mentions (`@name`) stand out; null for nobody.
 * @returns the text in pieces that together are exactly `text`. A name within an address is part of it.
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

/** @returns whether `text` mentions the person: what is counted and notified is what stands out in the window. */
export const mentions = (text: string, name: string): boolean =>
  mentionsIn(text, name, 1).length > 0 && segmentsOf(text, name).some(({ kind }) => kind === 'mention')

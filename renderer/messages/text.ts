/** What is in a message's text besides words: addresses to open, and the person's own name. Text stays text. */

export type Segment =
  | { kind: 'text'; text: string }
  /** `href` is the address as it will be opened, in its plain (punycode) form. */
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string }

const schemes = ['http:', 'https:', 'mailto:']
const candidate = String.raw`\b(?:https?:\/\/|mailto:)[^\s<>"“”\x60]+`
/** Punctuation that ends the sentence rather than the address. */
const trailing = new Set(".,;:!?'’…·")
/** Closing brackets, which end an address unless they were opened in it. */
const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '」': '「', '』': '『' }
/** Korean particles and endings that follow an address without a space: `http://a.b/c에서` */
const particle =
  /(?<=[\w/=&%#?+~])(?:은|는|이|가|을|를|에|의|로|으로|도|와|과|에서|에도|까지|부터|이나|라고|이라고|입니다|이에요|예요|이요|요)$/u
/** The longest particle and the character before it, in UTF-16 units. */
const particleReach = 4

/** Addresses and mentions that are told apart in one message: what has more of them is there to hold the window up. */
const mostApart = 500

const count = (text: string, part: string): number => text.split(part).length - 1

/** @returns the part of `address` that belongs to it: without the punctuation and the particle that follow it. */
const trimmed = (address: string): string => {
  /** How many of each closing bracket were not opened. */
  const unpaired = new Map(
    Object.entries(brackets).map(([closing, opening]) => [
      closing,
      count(address, closing) - count(address, opening),
    ]),
  )
  let end = address.length
  for (;;) {
    const last = address.charAt(end - 1)
    const surplus = unpaired.get(last) ?? 0
    const tail = address.slice(Math.max(0, end - particleReach), end)
    const cut = surplus > 0 || trailing.has(last) ? 1 : (particle.exec(tail)?.[0].length ?? 0)
    if (cut === 0) return address.slice(0, end)
    unpaired.set(last, surplus - 1)
    end -= cut
  }
}

const linkOf = (text: string): Segment | null => {
  if (!URL.canParse(text)) return null
  const { protocol, href, host, pathname } = new URL(text)
  const hasAim = protocol === 'mailto:' ? pathname.includes('@') : host !== ''
  return schemes.includes(protocol) && hasAim ? { kind: 'link', text, href } : null
}

const asPattern = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')

/**
 * @param text a message's text, as it came.
 * @param name the person whose mentions (`@name`) stand out, whatever their case; null for nobody.
 * @returns the text in pieces that together are exactly `text`.
 */
export const segmentsOf = (text: string, name: string | null): Segment[] => {
  const apart = new RegExp(name ? `${candidate}|${asPattern(`@${name}`)}` : candidate, 'giu')
  const segments: Segment[] = []
  let done = 0
  const plain = (end: number): void => {
    if (end > done) segments.push({ kind: 'text', text: text.slice(done, end) })
  }
  for (const { 0: found, index } of text.matchAll(apart)) {
    if (segments.length >= mostApart) break
    const segment: Segment | null = found.startsWith('@')
      ? { kind: 'mention', text: found }
      : linkOf(trimmed(found))
    if (!segment) continue
    plain(index)
    segments.push(segment)
    done = index + segment.text.length
  }
  plain(text.length)
  return segments
}

/** What is in a message's text besides words: addresses to open, and the person's own name. Text stays text. */

export type Segment =
  | { kind: 'text'; text: string }
  /** `href` is the address as it will be opened, in its plain (punycode) form. */
  | { kind: 'link'; text: string; href: string }
  | { kind: 'mention'; text: string }

const schemes = ['http:', 'https:', 'mailto:']
const candidate = /\b(?:https?:\/\/|mailto:)[^\s<>"“”`]+/giu
/** Punctuation that ends the sentence rather than the address. */
const trailing = /[.,;:!?'’…·)\]}」』]$/u
/** Korean particles and endings that follow an address without a space: `http://a.b/c에서` */
const particle =
  /(?<=[\w/=&%#?+~])(?:은|는|이|가|을|를|에|의|로|으로|도|와|과|에서|에도|까지|부터|이나|라고|이라고|입니다|이에요|예요|이요|요)$/u

const brackets: Readonly<Record<string, string>> = { ')': '(', ']': '[', '}': '{', '」': '「', '』': '『' }
const count = (text: string, part: string): number => text.split(part).length - 1

/** @returns the part of `address` that belongs to it: without the punctuation and the particle that follow it. */
const trimmed = (address: string): string => {
  let text = address
  for (;;) {
    const last = text.at(-1) ?? ''
    const opening = brackets[last]
    const isPaired = opening !== undefined && count(text, opening) >= count(text, last)
    const shorter = trailing.test(text) && !isPaired ? text.slice(0, -1) : text.replace(particle, '')
    if (shorter === text) return text
    text = shorter
  }
}

const linkOf = (text: string): Segment | null => {
  if (!URL.canParse(text)) return null
  const { protocol, href, host, pathname } = new URL(text)
  const hasAim = protocol === 'mailto:' ? pathname.includes('@') : host !== ''
  return schemes.includes(protocol) && hasAim ? { kind: 'link', text, href } : null
}

/** @returns `text` with every `mention` apart, whatever its case. Splitting by a captured group leaves it at the odd places. */
const withMentions = (text: string, mention: string): Segment[] =>
  text
    .split(new RegExp(`(${mention.replaceAll(/[.*+?^${}()|[\]\\]/gu, '\\$&')})`, 'giu'))
    .map((part, at): Segment => ({ kind: at % 2 === 1 ? 'mention' : 'text', text: part }))
    .filter(segment => segment.text !== '')

/**
 * @param text a message's text, as it came.
 * @param name the person whose mentions (`@name`) stand out; null for nobody.
 * @returns the text in pieces that together are exactly `text`.
 */
export const segmentsOf = (text: string, name: string | null): Segment[] => {
  const segments: Segment[] = []
  const plain = (part: string): void => {
    if (!part) return
    segments.push(...(name ? withMentions(part, `@${name}`) : [{ kind: 'text' as const, text: part }]))
  }
  let done = 0
  for (const match of text.matchAll(candidate)) {
    const link = linkOf(trimmed(match[0]))
    if (!link) continue
    plain(text.slice(done, match.index))
    segments.push(link)
    done = match.index + link.text.length
  }
  plain(text.slice(done))
  return segments
}
